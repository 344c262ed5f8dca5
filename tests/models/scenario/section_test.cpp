// A key of the language is one line: it checks, reads, fills in and documents.
#include "models/scenario/schema/section.hpp"

#include <gtest/gtest.h>

#include <array>

#include "models/scenario/schema/validate.hpp"

namespace pishkhan::section_test {
namespace {

struct Inner {
  double first_s = 0;
  int second = 7;
};
struct Outer {
  Inner inner;  // begins where its first member does
  std::optional<std::string> name;
  std::vector<Written<Inner>> list;
  Written<Inner> nested;
};

Section<Inner> inner_keys() {
  Section<Inner> keys("an inner map");
  keys.required("first", &Inner::first_s, value::positive(Quantity::duration), "First.");
  keys.optional("second", &Inner::second, value::whole(0, 10), "Second.");
  return keys;
}

Section<Outer> outer_keys() {
  Section<Outer> keys("an outer map");
  keys.optional("inner", &Outer::inner, inner_keys(), "As a part.");
  keys.optional("first", member_of(&Outer::inner, &Inner::first_s), value::positive(Quantity::duration),
                "A part's first.", "3 min");
  keys.optional("name", &Outer::name, value::text(), "Name.");
  keys.optional("list", &Outer::list, list_of(inner_keys(), 0, "a list"), "Several.");
  keys.optional("nested", &Outer::nested, inner_keys(), "As written.");
  return keys;
}

/// A text, checked and read. The document lives as long as what was read.
struct Reading {
  explicit Reading(const std::string& text) : root(parse_document(text, "text", mistakes)) {
    const Section<Outer> keys = outer_keys();
    validate(*keys.shape(), root, "", mistakes);
    keys.read(root, "", mistakes, outer);
  }
  Diagnostics mistakes;
  Node root;
  Written<Outer> outer;
};

TEST(Section, ReadsKeysIntoMembers) {
  const Reading read("name: x\nlist: [{first: 1 s}, {first: 2 min, second: 3}]\nnested: {first: 1 h}\n");
  EXPECT_TRUE(read.mistakes.empty());
  EXPECT_TRUE(read.outer.flawless());
  EXPECT_EQ(read.outer->name, "x");
  ASSERT_EQ(read.outer->list.size(), 2u);
  EXPECT_EQ(read.outer->list[1]->first_s, 120);
  EXPECT_EQ(read.outer->list[1]->second, 3);
  EXPECT_EQ(read.outer->nested->first_s, 3600);
}

TEST(Section, KeysLeftOutHaveTheirPresetOrWhatTheirMemberStartsWith) {
  const Reading read("list: [{first: 1 s}]\n");
  EXPECT_EQ(read.outer->inner.first_s, 180);
  EXPECT_EQ(read.outer->name, std::nullopt);
  EXPECT_EQ(read.outer->list.front()->second, 7);
  EXPECT_FALSE(read.outer->nested.exists());
}

TEST(Section, KnowsWhichKeysAreWrittenAndWhere) {
  const Reading read("list: []\nnested: {first: 1 h}\n");
  EXPECT_TRUE(read.outer.has(&Outer::list));
  EXPECT_FALSE(read.outer.has(&Outer::name));
  const auto& nested = read.outer->nested;
  EXPECT_FALSE(nested.has(&Inner::second));
  EXPECT_EQ(nested.at(&Inner::first_s).path, "nested.first");
  EXPECT_EQ(nested.at(&Inner::first_s).key(), "first");
  EXPECT_EQ(nested.at(&Inner::first_s).node->mark.line, 2);
  EXPECT_EQ(nested.text(&Inner::first_s), "1 h");
  EXPECT_THROW((void)nested.at(&Inner::second), ContractViolation);
}

TEST(Section, TellsAMemberFromTheStructThatBeginsWithIt) {
  const Reading read("{}\n");
  EXPECT_TRUE(read.outer.has(member_of(&Outer::inner, &Inner::first_s)));
  EXPECT_FALSE(read.outer.has(&Outer::inner));
}

TEST(Section, WhatIsInvalidLeavesItsMemberAndTheRestIsRead) {
  const Reading read("nested: {first: -1 s, second: 2}\nlist: [{first: 1 s, third: 3}]\n");
  EXPECT_EQ(read.mistakes.size(), 2u);
  EXPECT_TRUE(read.outer->nested.exists());
  EXPECT_FALSE(read.outer->nested.valid());
  EXPECT_TRUE(read.outer->nested.has(&Inner::first_s));
  EXPECT_FALSE(read.outer->nested.has_valid(&Inner::first_s));
  EXPECT_EQ(read.outer->nested->first_s, 0);
  EXPECT_EQ(read.outer->nested->second, 2);
  ASSERT_EQ(read.outer->list.size(), 1u);
  EXPECT_FALSE(read.outer->list.front().valid());
  EXPECT_EQ(read.outer->list.front()->first_s, 1);
}

}  // namespace
}  // namespace pishkhan::section_test
