#include <iostream>

#include "sim/base/keep_memory.hpp"
#include "tools/pishkhan/command_line.hpp"

int main(int argc, char** argv) {
  pishkhan::keep_freed_memory();
  return pishkhan::run_command_line({argv + 1, argv + argc}, pishkhan::run_trial, std::cout, std::cerr);
}
