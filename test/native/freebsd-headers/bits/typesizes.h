// stat(2): a mode is 16 bits wide.
#include_next <bits/typesizes.h>
#undef __MODE_T_TYPE
#define __MODE_T_TYPE __U16_TYPE
