#include "models/scenario/schema/json_schema.hpp"

#include <cctype>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "models/scenario/schema/validate.hpp"

namespace pishkhan {
namespace {

using Json = nlohmann::ordered_json;

class SchemaWriter {
 public:
  Json document(const Shape& root) {
    Json schema;
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["$id"] = "https://pishkhan.example/scenarios/schema.json";
    schema["title"] = "Pishkhan scenario";
    const Json body = inside(root, true);
    for (const auto& [key, value] : body.items()) schema[key] = value;
    schema["required"] = {"scenario"};
    schema["anyOf"] = {Json{{"required", {"base"}}}, Json{{"required", {"run", "province"}}},
                       Json{{"required", {"run", "stations"}}}};
    Json definitions = Json::object();
    for (const auto& [name, definition] : definitions_) definitions[name] = definition;
    schema["$defs"] = definitions;
    return schema;
  }

 private:
  /// `inherits`: a base may hold what is left out here, so nothing is required.
  Json of(const Shape& shape, bool inherits) {
    if (shape.name.empty()) return inside(shape, inherits);
    const bool partial = inherits && shape.kind == Shape::Kind::object;
    // The name is taken before the inside is written: a mixture holds distributions.
    if (definitions_.emplace(shape.name, Json::object()).second)
      definitions_[shape.name] = inside(shape, partial);
    return Json{{"$ref", "#/$defs/" + shape.name}};
  }

  Json inside(const Shape& shape, bool inherits) {
    switch (shape.kind) {
      case Shape::Kind::quantity:
        return quantity(shape);
      case Shape::Kind::word:
        return words(shape);
      case Shape::Kind::list: {
        Json list{{"type", "array"}, {"items", of(*shape.item, false)}};
        if (shape.at_least > 0) list["minItems"] = shape.at_least;
        return list;
      }
      case Shape::Kind::table:
        return Json{{"type", "object"},
                    {"propertyNames", {{"pattern", pattern(Quantity::identifier)}}},
                    {"additionalProperties", of(*shape.item, inherits)}};
      case Shape::Kind::object:
      case Shape::Kind::choice:
        return object(shape, inherits);
      case Shape::Kind::either: {
        Json alternatives = Json::array();
        for (const ShapePtr& alternative : shape.alternatives)
          alternatives.push_back(of(*alternative, false));
        return Json{{"anyOf", alternatives}};
      }
    }
    return Json::object();
  }

  static Json words(const Shape& shape) {
    Json alternatives = Json::array();
    for (const Word& word : shape.words)
      alternatives.push_back(Json{{"const", word.text}, {"description", word.doc}});
    return Json{{"oneOf", alternatives}};
  }

  static Json limited(const Shape& shape, Json json) {
    if (std::isfinite(shape.range.low))
      json[shape.range.above ? "exclusiveMinimum" : "minimum"] = shape.range.low;
    if (std::isfinite(shape.range.high)) json["maximum"] = shape.range.high;
    return json;
  }

  static Json quantity(const Shape& shape) {
    std::string doc = describe(shape.quantity);
    if (const std::string range = documented_range(shape); !range.empty()) doc += ", " + range;
    Json text{{"type", "string"}, {"description", doc}};
    if (const std::string regular = pattern(shape.quantity); !regular.empty()) text["pattern"] = regular;
    switch (json_type(shape.quantity)) {
      case JsonType::boolean:
        return Json{{"type", "boolean"}};
      case JsonType::integer:
        return limited(shape, Json{{"type", "integer"}});
      case JsonType::number:
        return limited(shape, Json{{"type", "number"}});
      case JsonType::number_or_string:
        return Json{{"anyOf", {limited(shape, Json{{"type", "number"}}), text}}};
      case JsonType::integer_or_string:
        return Json{{"anyOf", {limited(shape, Json{{"type", "integer"}}), text}}};
      case JsonType::scalar:
        return Json{{"type", {"string", "number", "boolean"}}};
      case JsonType::string:
        break;
    }
    return text;
  }

  Json object(const Shape& shape, bool inherits) {
    Json properties = Json::object();
    Json needed = Json::array();
    for (const Field& field : shape.fields) {
      Json property = of(*field.shape, inherits);
      property["description"] = doc_of(field);
      if (!field.preset.empty() && field.preset != "{}") property["default"] = preset(field);
      properties[field.key] = property;
      if (field.required && !inherits) needed.push_back(field.key);
    }
    Json json{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
    if (shape.kind == Shape::Kind::choice) {
      json["minProperties"] = 1;
      json["maxProperties"] = 1;
    } else if (!needed.empty()) {
      json["required"] = needed;
    }
    return json;
  }

  /// The range of a number, where JSON cannot state all of it: of texts with units, and where 0 stands beside
  /// numbers that are not tiny.
  static std::string documented_range(const Shape& shape) {
    if (shape.kind != Shape::Kind::quantity) return "";
    const JsonType type = json_type(shape.quantity);
    if (type != JsonType::string && type != JsonType::number) return "";
    return range_text(shape.quantity, shape.range);
  }

  static std::string doc_of(const Field& field) {
    std::string range = documented_range(*field.shape);
    if (range.empty()) return field.doc;
    range.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(range.front())));
    return field.doc + ' ' + range + '.';
  }

  static Json preset(const Field& field) {
    Diagnostics ours;
    Node node = parse_document(field.preset, "default", ours);
    validate(*field.shape, node, "", ours);
    if (field.shape->kind == Shape::Kind::quantity) {
      const JsonType type = json_type(field.shape->quantity);
      if (type == JsonType::integer || type == JsonType::number) return node.number;
    }
    return field.preset;
  }

  std::map<std::string, Json> definitions_;
};

}  // namespace

std::string json_schema(const Shape& shape) { return SchemaWriter().document(shape).dump(2) + '\n'; }

}  // namespace pishkhan
