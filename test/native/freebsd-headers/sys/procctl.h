// procctl(2), of which no new privileges is used.
#pragma once

#include <sys/wait.h>

#define PROC_NO_NEW_PRIVS_CTL 19
#define PROC_NO_NEW_PRIVS_ENABLE 1

extern "C" int procctl(idtype_t idtype, id_t id, int command, void* data);
