#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/scenario/schema/shape.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/whole.hpp"

namespace pishkhan {

/// A kind of value of the language: what it looks like, and how a node of that shape becomes an M. What the
/// shape cannot say about the value is checked by `read`, which adds the mistakes.
template <class M>
struct Value {
  ShapePtr shape;
  std::function<void(const Node& node, const std::string& path, Diagnostics& mistakes, M& into)> read;
};

/// Whether a node can be read: it is valid, or it has parts of which some may be.
bool is_readable(const Shape& shape, const Node& node);

/// Checks between the keys of a map. Where the map has mistakes of form, what could not be read is as its
/// type makes it: of the mistakes that `check` finds, only those about parts that are valid are kept then.
void check_keys(const Location& map, Diagnostics& mistakes, const std::function<void()>& check);

/// Reads a node if it can be read; else `into` stays as it is.
template <class M>
void read_value(const Value<M>& value, const Node& node, const std::string& path, Diagnostics& mistakes,
                M& into) {
  if (is_readable(*value.shape, node)) value.read(node, path, mistakes, into);
}

/// A text that names something (an id, a file), with its location for messages.
struct Name {
  std::string text;
  Location location;
};

/// A scalar, which can be read into any type that holds its kind of value: numbers, `bool`, text, Name.
class Scalar {
 public:
  explicit Scalar(Quantity quantity, Range range = {});

  template <class M>
  operator Value<M>() const {
    return {shape_, [](const Node& node, const std::string& path, Diagnostics&, M& into) {
              if constexpr (std::is_same_v<M, bool>) {
                into = node.number > 0;
              } else if constexpr (std::is_integral_v<M>) {
                into = to_whole<M>(node.number);
              } else if constexpr (std::is_floating_point_v<M>) {
                into = node.number;
              } else if constexpr (std::is_same_v<M, Name>) {
                into = {node.text, {&node, path}};
              } else {
                static_assert(std::is_same_v<M, std::string>);
                into = node.text;
              }
            }};
  }

 private:
  ShapePtr shape_;
};

/// The kinds of values, to write down the keys of the language with.
namespace value {

inline Scalar any(Quantity quantity) { return Scalar(quantity); }
inline Scalar within(Quantity quantity, Range range) { return Scalar(quantity, range); }
inline Scalar text() { return Scalar(Quantity::text); }
inline Scalar id() { return Scalar(Quantity::identifier); }
inline Scalar file() { return Scalar(Quantity::path); }
inline Scalar boolean() { return Scalar(Quantity::boolean); }
inline Scalar date() { return Scalar(Quantity::date); }
inline Scalar share() { return Scalar(Quantity::share, {0, 1}); }
/// Zero or more.
inline Scalar amount(Quantity quantity) { return Scalar(quantity, {0}); }
inline Scalar amount_up_to(Quantity quantity, double high) { return Scalar(quantity, {0, high}); }
inline Scalar positive(Quantity quantity) { return Scalar(quantity, {.low = 0, .above = true}); }
inline Scalar positive_up_to(Quantity quantity, double high) {
  return Scalar(quantity, {.low = 0, .high = high, .above = true});
}
inline Scalar whole(double low, double high) { return Scalar(Quantity::count, {low, high}); }

/// A seed of random draws.
Value<std::uint64_t> seed();
/// Hours of one day, in order and disjoint.
Value<Intervals> intervals();
/// A change of a number of clerks or cores.
Value<CountChange> change(Quantity quantity);

/// One of several words, each of which stands for a value.
template <class M>
struct WordFor {
  std::string word;
  M value;
  std::string doc;
};
template <class M>
Value<M> words(std::vector<WordFor<M>> rows) {
  auto shape = std::make_shared<Shape>();
  shape->kind = Shape::Kind::word;
  for (const auto& row : rows) shape->words.push_back({row.word, row.doc});
  return {shape, [rows](const Node& node, const std::string&, Diagnostics&, M& into) {
            for (const auto& row : rows)
              if (row.word == node.text) into = row.value;
          }};
}

/// A list. `at_least` is the smallest number of items.
template <class M>
Value<std::vector<M>> list(Value<M> item, std::size_t at_least = 0, std::string label = {}) {
  auto shape = std::make_shared<Shape>();
  shape->kind = Shape::Kind::list;
  shape->item = item.shape;
  shape->at_least = at_least;
  shape->label = std::move(label);
  return {shape,
          [item](const Node& node, const std::string& path, Diagnostics& mistakes, std::vector<M>& into) {
            into.reserve(node.items.size());
            for (std::size_t i = 0; i < node.items.size(); ++i) {
              if (!is_readable(*item.shape, node.items[i])) continue;
              item.read(node.items[i], path_of(path, i), mistakes, into.emplace_back());
            }
          }};
}

/// A map whose keys are ids that the user makes up, in the order written.
template <class M>
using Table = std::vector<std::pair<std::string, M>>;
template <class M>
Value<Table<M>> table(Value<M> item, std::string label) {
  auto shape = std::make_shared<Shape>();
  shape->kind = Shape::Kind::table;
  shape->item = item.shape;
  shape->label = std::move(label);
  return {shape, [item](const Node& node, const std::string& path, Diagnostics& mistakes, Table<M>& into) {
            for (const auto& [id, mark, entry] : node.entries) {
              if (!is_readable(*item.shape, entry)) continue;
              item.read(entry, path_of(path, id), mistakes, into.emplace_back(id, M{}).second);
            }
          }};
}

/// The first of several kinds of values that fits by its form.
template <class M>
Value<M> either(std::string name, std::string label, std::vector<Value<M>> alternatives) {
  auto shape = std::make_shared<Shape>();
  shape->kind = Shape::Kind::either;
  shape->name = std::move(name);
  shape->label = std::move(label);
  for (const auto& alternative : alternatives) shape->alternatives.push_back(alternative.shape);
  const Shape& looks = *shape;
  return {shape,
          [&looks, alternatives](const Node& node, const std::string& path, Diagnostics& mistakes, M& into) {
            const ShapePtr& taken = alternative_of(looks, node);
            for (const auto& alternative : alternatives)
              if (alternative.shape == taken) return alternative.read(node, path, mistakes, into);
          }};
}

/// A value that is made from another one, if that is valid: `make(other, location, mistakes)`.
template <class M, class From, class Make>
Value<M> made_from(Value<From> from, Make make) {
  return {from.shape,
          [from, make](const Node& node, const std::string& path, Diagnostics& mistakes, M& into) {
            if (!node.valid) return;
            From read{};
            from.read(node, path, mistakes, read);
            into = make(std::move(read), Location{&node, path}, mistakes);
          }};
}

/// The same, where one converts to the other.
template <class M, class From>
Value<M> as(Value<From> from) {
  return made_from<M, From>(std::move(from),
                            [](From&& read, const Location&, Diagnostics&) -> M { return read; });
}

/// A value that is read into a member of M.
template <class M, class Part>
Value<M> part(Part M::*member, std::type_identity_t<Value<Part>> value) {
  return {value.shape, [member, value](const Node& node, const std::string& path, Diagnostics& mistakes,
                                       M& into) { value.read(node, path, mistakes, into.*member); }};
}

/// A map of exactly one of several keys, which says what the value is.
template <class M>
class Choice {
 public:
  Choice(std::string name, std::string label) {
    shape_->kind = Shape::Kind::choice;
    shape_->name = std::move(name);
    shape_->label = std::move(label);
  }

  Choice& option(std::string key, Value<M> value, std::string doc) {
    shape_->fields.push_back({key, value.shape, std::move(doc), false, {}});
    options_.emplace_back(std::move(key), std::move(value));
    return *this;
  }

  /// The shape, for options that hold such a choice themselves. Does not keep it alive.
  [[nodiscard]] ShapePtr own_shape() const { return {ShapePtr(), shape_.get()}; }

  operator Value<M>() const {
    return {shape_,
            [options = options_](const Node& node, const std::string& path, Diagnostics& mistakes, M& into) {
              const auto& [key, mark, of] = node.entries.front();
              for (const auto& [name, value] : options)
                if (name == key) return value.read(of, path_of(path, key), mistakes, into);
              contract_violated("expected", "a key of the choice", __FILE__, __LINE__);
            }};
  }

 private:
  std::shared_ptr<Shape> shape_ = std::make_shared<Shape>();
  std::vector<std::pair<std::string, Value<M>>> options_;
};

}  // namespace value
}  // namespace pishkhan
