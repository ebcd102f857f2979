// cpp-httplib, whose code is in a shared library: its symbols stay visible.
#pragma once
#pragma GCC visibility push(default)
#include <httplib.h>
#pragma GCC visibility pop
