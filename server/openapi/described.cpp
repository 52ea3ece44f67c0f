#include "server/openapi/described.hpp"

namespace server::openapi {
namespace {

std::int64_t number_in(const json& field, const char* key) { return field.value(key, std::int64_t{0}); }

/// Bounds of a list or a number, where there are any.
void put_bounds(json& one, const json& field, direction way, const char* least, const char* most) {
    if (way != direction::given) return;
    if (const auto n = number_in(field, "least"); n != 0) one[least] = n;
    if (const auto n = number_in(field, "most"); n != 0) one[most] = n;
}

json text_of(const json& field, direction way) {
    json one = {{"type", "string"}};
    if (way != direction::given) return field.contains("personal") ? shape("Text") : one;
    // Bytes of prose are no fewer than its characters.
    if (field.value("required", false)) one["minLength"] = 1;
    if (const auto n = number_in(field, "most"); n != 0) one["maxLength"] = n;
    return one;
}

json list_of(json items, const json& field, direction way) {
    json one = {{"type", "array"}, {"items", std::move(items)}};
    put_bounds(one, field, way, "minItems", "maxItems");
    return one;
}

json number_of(const json& field, direction way) {
    json one = {{"type", "integer"}};
    if (way == direction::given) one["minimum"] = 0;
    put_bounds(one, field, way, "minimum", "maximum");
    return one;
}

json choice_of(const json& field, events::language reader) {
    json names = json::array(), meanings = json::object();
    for (const auto& o : field.at("options")) {
        names.push_back(o.at("name"));
        meanings[o.at("name").get<std::string>()] = words(o, "label", reader);
    }
    return {{"type", "string"}, {"enum", std::move(names)}, {"x-enumDescriptions", std::move(meanings)}};
}

/// To an entity of one kind by its number, to one of any by its name.
json reference_of(const json& field) { return shape(field.contains("of") ? "id" : "stream"); }

json person_of(const json& field, direction way) { return shape(way == direction::given && field.value("required", false) ? "id" : "count"); }

json type_of(const json& field, direction way, events::language reader) {
    const auto is = field.at("is").get<std::string>();
    if (is == "line" || is == "prose" || is == "code" || is == "department" || is == "role") return text_of(field, way);
    if (is == "lines" || is == "remarks" || is == "codes" || is == "departments" || is == "roles") return list_of({{"type", "string"}}, field, way);
    if (is == "bilingual") return shape("Bilingual");
    if (is == "hash") return shape(way == direction::given ? "hash" : "text");
    if (is == "day") return shape("day");
    if (is == "moment") return shape("moment");
    if (is == "numbers") return list_of({{"type", json::array({"integer", "null"})}}, field, way);
    if (is == "yes_no") return shape("yes_no");
    if (is == "choice") return choice_of(field, reader);
    if (is == "choices") return list_of(choice_of(field, reader), field, way);
    if (is == "person") return person_of(field, way);
    if (is == "people") return list_of(shape("id"), field, way);
    if (is == "reference") return field.contains("of") && way != direction::given ? shape("count") : reference_of(field);
    if (is == "references") return list_of(shape("count"), field, way);
    if (is == "event") return shape("count");
    if (is == "group") return object_of(field.at("fields"), way, reader);
    if (is == "list") return list_of(object_of(field.at("fields"), way, reader), field, way);
    if (is == "files") return list_of(shape("Attachment"), field, way);
    if (is == "extras") return shape(way == direction::given ? "Extras" : "Extras | SealedExtras");
    return number_of(field, way);  // numbers of all sorts
}

bool is_text(const std::string& is) { return is == "line" || is == "prose" || is == "choice"; }

json field_of(const json& field, direction way, events::language reader) {
    auto one = type_of(field, way, reader);
    // Beside a reference nothing else counts for readers of older JSON Schema.
    if (one.contains("$ref")) one = {{"allOf", json::array({std::move(one)})}};
    one["title"] = words(field, "label", reader);
    auto more = words(field, "hint", reader);
    if (const auto unit = words(field, "unit", reader); !unit.empty()) more += (more.empty() ? "" : " ") + ("(" + unit + ")");
    if (!more.empty()) one["description"] = more;
    if (const auto example = words(field, "example", reader); !example.empty() && is_text(field.at("is").get<std::string>())) one["examples"] = json::array({example});
    return one;
}

}  // namespace

std::string words(const json& of, std::string_view key, events::language reader) {
    const auto both = of.find(std::string(key));
    return both == of.end() ? std::string() : both->at(reader == events::language::zh ? "zh" : "en").get<std::string>();
}

bool has_to_be_there(const json& field) { return field.value("required", false) || field.value("present", false); }

json object_of(const json& fields, direction way, events::language reader) {
    json one = {{"type", "object"}};
    auto properties = json::object();
    auto required = json::array();
    for (const auto& f : fields) {
        const auto name = f.at("name").get<std::string>();
        properties[name] = field_of(f, way, reader);
        if (has_to_be_there(f)) required.push_back(name);
    }
    if (!properties.empty()) one["properties"] = std::move(properties);
    if (!required.empty() && way == direction::given) one["required"] = std::move(required);
    one["additionalProperties"] = way == direction::told;
    return one;
}

json shown_of(const json& fields, events::language reader) {
    auto one = object_of(fields, direction::shown, reader);
    one.erase("additionalProperties");
    if (!one.contains("properties")) return one;
    for (auto& [name, property] : one["properties"].items())
        if (property.contains("type") && property["type"].is_string() && !property.contains("enum")) property["type"] = json::array({property["type"], "null"});
    return one;
}

}  // namespace server::openapi
