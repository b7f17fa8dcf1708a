// FreeBSD's reports, which come of a descriptor and not of a path.
#include "../../../../native/freebsd/file_reports.h"
