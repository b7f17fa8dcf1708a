// procctl(2)
#pragma once

#include <sys/types.h>
#include <sys/wait.h>

#define PROC_TRACE_CTL 7
#define PROC_TRACE_CTL_ENABLE 1
#define PROC_TRACE_CTL_DISABLE 2

extern "C" int procctl(idtype_t idtype, id_t id, int cmd, void* arg);
