#pragma once
#include <string>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {

/// A text of the command line, with the arguments of the package `pishkhan` in the place of its options.
std::string in_words_of_python(std::string text);

/// The same of a mistake. One in a value that was given to a function is of no file.
Diagnostic in_words_of_python(Diagnostic mistake);

}  // namespace pishkhan
