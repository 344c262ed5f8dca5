#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <utility>
#include <vector>

#include "models/scenario/schema/value.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

/// A member of a member, for Section and Written.
template <class T, class Outer, class Inner>
auto member_of(Outer T::*outer, Inner Outer::*inner) {
  return [outer, inner](T& of) -> Inner& { return of.*outer.*inner; };
}

/// Which member of a T: what tells the keys of a section apart.
struct MemberId {
  std::ptrdiff_t offset;
  std::type_index type;  ///< a struct begins where its first member does

  bool operator==(const MemberId&) const = default;
};

template <class T, class Member>
MemberId id_of(Member member) {
  static T sample{};
  auto& part = std::invoke(member, sample);
  return {reinterpret_cast<const char*>(&part) - reinterpret_cast<const char*>(&sample), typeid(part)};
}

/// A map of a scenario file, read into a T, with the places of its keys: what checks between keys need. A key
/// is named by the member of T it is read into.
template <class T>
class Written {
 public:
  T value{};

  const T& operator*() const { return value; }
  const T* operator->() const { return &value; }

  /// Whether the map stands in the file at all.
  [[nodiscard]] bool exists() const { return location_.node != nullptr; }
  /// Whether it stands there without a mistake in any value by itself.
  [[nodiscard]] bool valid() const { return exists() && location_.node->valid; }
  /// Whether reading it found no mistake either.
  [[nodiscard]] bool flawless() const { return valid() && flawless_; }
  [[nodiscard]] const Location& location() const { return location_; }

  /// Whether a key is written, or filled in by its preset.
  template <class Member>
  [[nodiscard]] bool has(Member member) const {
    return find(id_of<T>(member), keys_) != nullptr;
  }
  /// Whether it is written with a value that is valid by itself.
  template <class Member>
  [[nodiscard]] bool has_valid(Member member) const {
    const Location* location = find(id_of<T>(member), keys_);
    return location != nullptr && location->node->valid;
  }
  /// Location of the value of a key that is written, or of the map where a required key is missing.
  template <class Member>
  [[nodiscard]] const Location& at(Member member) const {
    const MemberId id = id_of<T>(member);
    const Location* location = find(id, keys_);
    if (location == nullptr) location = find(id, missing_);
    PISHKHAN_EXPECT(location != nullptr);
    return *location;
  }
  /// Text of a scalar that is written.
  template <class Member>
  [[nodiscard]] const std::string& text(Member member) const {
    return at(member).node->text;
  }

 private:
  template <class>
  friend class Section;

  using Locations = std::vector<std::pair<MemberId, Location>>;
  static const Location* find(const MemberId& member, const Locations& among) {
    for (const auto& [of, location] : among)
      if (of == member) return &location;
    return nullptr;
  }

  Location location_;
  Locations keys_;     ///< that are written
  Locations missing_;  ///< required and not written
  bool flawless_ = false;
};

/// The keys of a map, a line each: name, member of T that it is read into, kind of value, meaning in one
/// sentence, and the YAML of the preset that stands in for a key left out. From this line the key is checked,
/// read, documented, and written into the JSON Schema.
///
/// A key without a preset may be left out and leaves its member as T makes it. A member may be a
/// std::optional, or be given by a function from T& to a reference.
template <class T>
class Section {
 public:
  /// `label` says in messages what the map is; `name` is that of its own definition in the JSON Schema.
  explicit Section(std::string label, std::string name = {}) {
    shape_->kind = Shape::Kind::object;
    shape_->label = std::move(label);
    shape_->name = std::move(name);
  }

  template <class Member>
  using Type = std::remove_reference_t<std::invoke_result_t<Member, T&>>;
  template <class M>
  struct Bare {
    using type = M;
  };
  template <class M>
  struct Bare<std::optional<M>> {
    using type = M;
  };
  template <class Member>
  using ValueOf = Value<typename Bare<Type<Member>>::type>;

  template <class Member>
  Section& required(std::string key, Member member, std::type_identity_t<ValueOf<Member>> value,
                    std::string doc) {
    return add(std::move(key), member, std::move(value), std::move(doc), true, {});
  }
  template <class Member>
  Section& optional(std::string key, Member member, std::type_identity_t<ValueOf<Member>> value,
                    std::string doc, std::string preset = {}) {
    return add(std::move(key), member, std::move(value), std::move(doc), false, std::move(preset));
  }

  /// A key that is part of the map and read elsewhere.
  Section& read_elsewhere(std::string key, ShapePtr shape, std::string doc) {
    shape_->fields.push_back({std::move(key), std::move(shape), std::move(doc), false, {}});
    return *this;
  }

  /// Two keys of which a map has one: that of a scenario takes the place of the other of its base.
  void instead_of_each_other(std::string_view one, std::string_view other) {
    for (Field& field : shape_->fields) {
      if (field.key == one) field.instead_of = other;
      if (field.key == other) field.instead_of = one;
    }
  }

  [[nodiscard]] std::size_t size() const { return shape_->fields.size(); }

  /// Sorts the keys from the one at `first` on by their names' places in a list; keys that are not in it come
  /// last.
  void order_by(std::size_t first, const std::vector<std::string>& names) {
    const auto location = [&](const Field& field) {
      return std::find(names.begin(), names.end(), field.key);
    };
    std::stable_sort(shape_->fields.begin() + static_cast<std::ptrdiff_t>(first), shape_->fields.end(),
                     [&](const Field& a, const Field& b) { return location(a) < location(b); });
  }

  [[nodiscard]] ShapePtr shape() const { return shape_; }

  void read(const Node& node, const std::string& path, Diagnostics& mistakes, Written<T>& into) const {
    const std::size_t before = mistakes.size();
    into.location_ = {&node, path};
    into.keys_.reserve(node.entries.size());
    for (const Key& key : *keys_) {
      const Node* of_key = node.find(key.name);
      if (of_key == nullptr) {
        if (key.required) into.missing_.emplace_back(key.member, Location{&node, path_of(path, key.name)});
        continue;
      }
      Location location{of_key, path_of(path, key.name)};
      key.read(*of_key, location.path, mistakes, into.value);
      into.keys_.emplace_back(key.member, std::move(location));
    }
    into.flawless_ = mistakes.size() == before;
  }

  operator Value<Written<T>>() const {
    return {shape_, [self = *this](const Node& node, const std::string& path, Diagnostics& mistakes,
                                   Written<T>& into) { self.read(node, path, mistakes, into); }};
  }
  operator Value<T>() const {
    return {shape_,
            [self = *this](const Node& node, const std::string& path, Diagnostics& mistakes, T& into) {
              for (const Key& key : *self.keys_) {
                if (const Node* of_key = node.find(key.name))
                  key.read(*of_key, path_of(path, key.name), mistakes, into);
              }
            }};
  }

 private:
  struct Key {
    std::string name;
    bool required;
    MemberId member;
    std::function<void(const Node&, const std::string&, Diagnostics&, T&)> read;
  };

  template <class Member>
  Section& add(std::string key, Member member, ValueOf<Member> value, std::string doc, bool required,
               std::string preset) {
    shape_->fields.push_back({key, value.shape, std::move(doc), required, std::move(preset)});
    keys_->push_back({std::move(key), required, id_of<T>(member),
                      [member, value = std::move(value)](const Node& node, const std::string& path,
                                                         Diagnostics& mistakes, T& into) {
                        auto& part = std::invoke(member, into);
                        if constexpr (std::is_same_v<Type<Member>, typename Bare<Type<Member>>::type>)
                          read_value(value, node, path, mistakes, part);
                        else if (is_readable(*value.shape, node))
                          value.read(node, path, mistakes, part.emplace());
                      }});
    return *this;
  }

  std::shared_ptr<Shape> shape_ = std::make_shared<Shape>();
  std::shared_ptr<std::vector<Key>> keys_ = std::make_shared<std::vector<Key>>();
};

/// A list whose items lie over those of a base with the same value of a key.
template <class M>
Value<M> matched_by(std::string key, Value<M> list) {
  auto shape = std::make_shared<Shape>(*list.shape);
  shape->match_by = std::move(key);
  list.shape = std::move(shape);
  return list;
}

/// A list of maps, each with the places of its keys.
template <class T>
Value<std::vector<Written<T>>> list_of(const Section<T>& keys, std::size_t at_least, std::string label) {
  return value::list<Written<T>>(keys, at_least, std::move(label));
}

}  // namespace pishkhan
