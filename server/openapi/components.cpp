#include "server/openapi/components.hpp"

#include "server/openapi/answers.hpp"
#include "server/openapi/described.hpp"
#include "server/wire/given.hpp"
#include "server/wire/schema/schema.hpp"

namespace server::openapi {
namespace {

std::string name_of(const json& kind) { return kind.at("name").get<std::string>(); }

json event_of(const json& event, events::language reader) {
    auto one = shape("{ position: id, stream: stream, version: id, type: text, time: moment, actor: count, in_place_of?: id, causation?: uuid, correlation?: uuid, clause: text, data: any }");
    one["title"] = words(event, "label", reader);
    one["description"] = event.at("clause");
    one["properties"]["type"] = {{"type", "string"}, {"const", event.at("type")}};
    one["properties"]["data"] = object_of(event.at("fields"), direction::told, reader);
    return one;
}

json any_of(json all, const std::string& title) { return {{"title", title}, {"anyOf", std::move(all)}}; }

/// The newest event of each form, or all of them.
json forms_of(const json& kind, events::language reader) {
    auto properties = json::object();
    for (const auto& section : kind.at("sections")) {
        auto one = reference(name_of(kind) + ".event");
        if (section.value("many", false)) one = {{"type", "array"}, {"items", std::move(one)}};
        else one = {{"allOf", json::array({std::move(one)})}};
        one["title"] = words(section, "label", reader);
        properties[section.at("name").get<std::string>()] = std::move(one);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}};
}

json with_history(json beside, const json& kind, events::language reader) {
    auto& properties = beside["properties"];
    if (has_list(kind)) properties["forms"] = forms_of(kind, reader);
    properties["history"] = {{"type", "array"}, {"items", reference(name_of(kind) + ".event")}};
    return beside;
}

json together(json parts, const json& kind, events::language reader) {
    return {{"title", words(kind, "label", reader)}, {"allOf", std::move(parts)}, {"unevaluatedProperties", false}};
}

json joined(json fields, const json& kind, std::string_view more) {
    if (const auto beyond = kind.find(std::string(more)); beyond != kind.end()) fields.insert(fields.end(), beyond->begin(), beyond->end());
    return fields;
}

/// A row, and all of one.
void put_shown(json& all, const json& kind, std::string_view row, std::string_view whole, events::language reader) {
    const auto name = name_of(kind);
    const auto fields = joined(kind.at("fields"), kind, "row_fields");
    all[name + ".row"] = together(json::array({reference(row), shown_of(fields, reader)}), kind, reader);
    auto parts = json::array({reference(whole), with_history(shown_of(joined(fields, kind, "dossier_fields"), reader), kind, reader)});
    if (!has_list(kind)) parts.insert(parts.begin(), reference(row));
    all[name + ".dossier"] = together(std::move(parts), kind, reader);
}

void put_kind(json& all, const json& kind, events::language reader) {
    for (const auto& command : kind.at("commands")) {
        auto data = object_of(command.at("fields"), direction::given, reader);
        data["title"] = words(command, "label", reader);
        all[command.at("type").get<std::string>()] = std::move(data);
    }
    auto each = json::array();
    for (const auto& event : kind.at("events")) {
        const auto type = event.at("type").get<std::string>();
        all[type] = event_of(event, reader);
        each.push_back(reference(type));
    }
    each.push_back(reference("HiddenEvent"));
    all[name_of(kind) + ".event"] = any_of(std::move(each), words(kind, "label", reader));
    if (has_list(kind)) put_shown(all, kind, "Row", "Dossier", reader);
    else if (name_of(kind) == "task") put_shown(all, kind, "TaskRow", "TaskInFull", reader);
}

}  // namespace

const json& kinds() {
    static const json all = [] {
        auto found = json::parse(wire::schema_as_written()).at("kinds");
        for (auto& kind : found)
            for (auto& command : kind.at("commands"))
                if (std::string given; wire::write_given(given, command.at("type").get<std::string>())) command["fields"] = json::parse(given);
        return found;
    }();
    return all;
}

bool has_list(const json& kind) { return kind.contains("path"); }

json schemas(events::language reader) {
    auto all = json::object();
    for (const auto& one : answers()) {
        auto found = shape(one.shape);
        found["title"] = reader == events::language::zh ? one.zh : one.en;
        all[std::string(one.name)] = std::move(found);
    }
    auto each = json::array();
    for (const auto& kind : kinds()) {
        put_kind(all, kind, reader);
        each.push_back(reference(name_of(kind) + ".event"));
    }
    all["Event"] = any_of(std::move(each), reader == events::language::zh ? "事件" : "An event");
    return all;
}

}  // namespace server::openapi
