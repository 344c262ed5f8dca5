#include "tests/house/code.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace pishkhan::house::code_test {
namespace {

using ::testing::ElementsAre;

SourceFile example(const std::string& text) {
  SourceFile file{"example.cpp", {}};
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) file.lines.push_back(line);
  return file;
}

std::vector<std::string> described(const std::string& text) {
  std::vector<std::string> all;
  for (const Function& function : functions_of(example(text))) {
    all.push_back(function.owner + "." + function.name + " " + std::to_string(function.first_line + 1) + "-" +
                  std::to_string(function.last_line + 1) + (function.defined ? " defined" : ""));
  }
  return all;
}

TEST(Code, TokensLeaveOutCommentsLiteralsAndDirectives) {
  std::string all;
  for (const Token& token :
       tokens_of(example("#define A \\\n  { b\nx /* } */ = R\"(})\" + \"\\\"{\" + '{' + 1'0; // {")))
    all += token.text + std::to_string(token.line) + " ";
  EXPECT_EQ(all, "x2 =2 \"\"2 +2 \"\"2 +2 \"\"2 +2 1'02 ;2 ");
}

TEST(Code, FunctionsAreFoundWithTheirLines) {
  EXPECT_THAT(described("namespace a {\nint f(int x = g({1}));\n[[nodiscard]] static\nauto h() -> B {\n  if "
                        "(x) {\n  }\n}\n}\n"
                        "int late() { return 1; }"),
              ElementsAre(".f 2-2", ".h 3-7 defined", ".late 9-9 defined"));
}

TEST(Code, MembersAreFoundWithTheirOwners) {
  EXPECT_THAT(described("template <class T = F<int(int)>>\nclass A final : public B<T> {\n public:\n  A() = "
                        "default;\n  virtual void m() const = 0;\n"
                        "  std::function<void(int)> f_;\n  int x_ = g(3);\n  int y_{g(3)};\n  void n();\n"
                        "  bool operator==(const A&) const;\n  ~A();\n  struct In { void k(); };\n};\n"
                        "A::A(int a) : B{a}, x_(a), y_{2} {\n  f();\n}\nA::In::~In() {}\n"),
              ElementsAre("A.A 4-4 defined", "A.m 5-5 defined", "A.n 9-9", "A.operator 10-10", "A.~A 11-11",
                          "In.k 12-12", "A.A 14-16 defined", "In.~In 17-17 defined"));
}

TEST(Code, VariablesAndMacrosAreNoFunctions) {
  EXPECT_THAT(
      described("const auto f = [](int a) { return a; };\nFILL(x, y)\nFILL(x, z)\nTEST(A, B) "
                "{\n}\nusing F = void(int);\n"
                "constexpr A k{f(1)};\nenum class E { a, b };\nint (*pointer)(int);\nA (*other)(int);"),
      ElementsAre(".TEST 4-5 defined"));
}

TEST(Code, BranchesKnowTheirBraces) {
  const auto found = branches_of(
      example("if (a) {\n  b();\n} else if (c)\n  d();\nelse\n  for (;;) {\n    e();\n    f();\n  }\n"
              "do {\n} while (x);\nwhile (y) { // why\n  // because\n  z();\n}\nif (q) r({1},\n 2);\n"
              "if (a) {\n  if (b) c();\n} else {\n  d();\n}\nif (a) [[likely]]\n  b();"));
  std::vector<std::string> all;
  for (const Branches& branches : found) {
    std::string text = std::to_string(branches.line + 1) + ":";
    for (const auto& body : branches.bodies)
      text += std::string(" ") + (body.braces ? "{" : "") + (body.one_line ? "1" : "n");
    all.push_back(text);
  }
  EXPECT_THAT(all, ElementsAre("1: {1 1 n", "6: {n", "12: {n", "16: n", "18: {n {1", "19: 1", "23: 1"));
}

}  // namespace
}  // namespace pishkhan::house::code_test
