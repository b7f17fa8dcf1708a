// pthread_set_name_np(3)
#pragma once

#include <pthread.h>

extern "C" void pthread_set_name_np(pthread_t thread, const char* name);
