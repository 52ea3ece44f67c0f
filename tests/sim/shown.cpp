// What rows and dossiers show is what is described, and said to anybody who asks: in the schema, and in GET /api/openapi.json.

#include "server/http/api.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/schema/schema.hpp"
#include "tests/sim/played_year.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sim::shown_tests {

using json = nlohmann::json;
using names = std::set<std::string>;

namespace {

const json& schemas() {
    static const json all = json::parse(server::http::openapi_text(events::language::en)).at("components").at("schemas");
    return all;
}

const json& called(std::string_view reference) { return schemas().at(std::string(reference.substr(reference.rfind('/') + 1))); }

/// All that a schema says of an object, put together from its parts.
struct object_said {
    std::map<std::string, const json*> properties;
    bool has_others = false;
    const json* others = nullptr;
};

void gather(const json& schema, object_said& all) {
    if (schema.contains("$ref")) gather(called(schema["$ref"].get<std::string>()), all);
    if (schema.contains("allOf"))
        for (const auto& part : schema["allOf"]) gather(part, all);
    if (schema.contains("properties"))
        for (const auto& [name, one] : schema["properties"].items()) all.properties[name] = &one;
    if (const auto more = schema.find("additionalProperties"); more != schema.end()) {
        all.has_others = all.has_others || *more != false;
        if (more->is_object()) all.others = &*more;
    }
}

names properties_of(const json& schema) {
    object_said all;
    gather(schema, all);
    names found;
    for (const auto& [name, one] : all.properties) found.insert(name);
    return found;
}

bool is_of(const json& value, const std::string& type) {
    if (type == "integer") return value.is_number_integer();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "array") return value.is_array();
    if (type == "object") return value.is_object();
    return type == "null" && value.is_null();
}

bool is_of_type(const json& value, const json& types) {
    if (types.is_string()) return is_of(value, types.get<std::string>());
    return std::any_of(types.begin(), types.end(), [&](const json& one) { return is_of(value, one.get<std::string>()); });
}

/// What is wrong with a value by its schema, where: as far as rows and dossiers need it. A property that is not named is wrong, unless
/// it is said that there are others.
void look(const json& value, const json& schema, const std::string& place, names& faults);

void look_at_parts(const json& value, const json& schema, const std::string& place, names& faults) {
    if (schema.contains("$ref")) look(value, called(schema["$ref"].get<std::string>()), place, faults);
    if (schema.contains("allOf"))
        for (const auto& part : schema["allOf"]) look(value, part, place, faults);
}

void look_at_object(const json& value, const json& schema, const std::string& place, names& faults) {
    object_said said;
    gather(schema, said);
    // One of several, by its name.
    if (said.properties.empty() && !said.has_others) return look_at_parts(value, schema, place, faults);
    for (const auto& [name, one] : value.items()) {
        const auto known = said.properties.find(name);
        if (known != said.properties.end()) look(one, *known->second, place + "/" + name, faults);
        else if (said.others) look(one, *said.others, place + "/" + name, faults);
        else if (!said.has_others) faults.insert(place + "/" + name + " is not described");
    }
}

void look(const json& value, const json& schema, const std::string& place, names& faults) {
    if (schema.contains("type") && !is_of_type(value, schema["type"])) faults.insert(place + ": " + value.dump().substr(0, 40));
    if (schema.contains("enum") && !std::count(schema["enum"].begin(), schema["enum"].end(), value)) faults.insert(place + ": " + value.dump());
    if (schema.contains("const") && value != schema["const"]) faults.insert(place + ": " + value.dump().substr(0, 40));
    if (schema.contains("anyOf")) {
        names of_all;
        for (const auto& one : schema["anyOf"]) {
            names of_one;
            look(value, one, place, of_one);
            if (of_one.empty()) return;
            of_all.merge(of_one);
        }
        faults.merge(of_all);
        return;
    }
    if (value.is_object()) return look_at_object(value, schema, place, faults);
    look_at_parts(value, schema, place, faults);
    if (value.is_array() && schema.contains("items"))
        for (const auto& one : value) look(one, schema["items"], place + "[]", faults);
}

json body_of(const wire::reading& what) {
    const auto* d = std::get_if<wire::document>(&what);
    return d ? json::parse(d->body) : json();
}

void add_names(const json& kind, const char* list, names& all) {
    for (const auto& f : kind.value(list, json::array())) all.insert(f["name"].get<std::string>());
}

}  // namespace

TEST_CASE("shown: rows and dossiers of each kind are said whole, and closed", "[sim][api]") {
    const auto kinds = json::parse(wire::schema_as_written()).at("kinds");
    const names of_any_row = properties_of(schemas()["Row"]), of_any_dossier = properties_of(schemas()["Dossier"]);
    for (const auto& kind : kinds) {
        if (!kind.contains("path")) continue;
        const auto name = kind["name"].get<std::string>();
        INFO(name);
        names row, dossier;
        add_names(kind, "fields", row);
        add_names(kind, "row_fields", row);
        // What is said twice would be there twice.
        for (const auto& one : row) CHECK(of_any_row.count(one) + of_any_dossier.count(one) == 0);
        CHECK(row.size() == kind["fields"].size() + kind["row_fields"].size());
        dossier = row;
        add_names(kind, "dossier_fields", dossier);
        for (const auto* list : {"row_fields", "dossier_fields"})
            for (const auto& f : kind[list])
                for (const auto* language : {"zh", "en"}) CHECK_FALSE(f["label"][language].get<std::string>().empty());
        row.insert(of_any_row.begin(), of_any_row.end());
        dossier.insert(of_any_dossier.begin(), of_any_dossier.end());
        dossier.insert({"forms", "history"});
        CHECK(properties_of(schemas()[name + ".row"]) == row);
        CHECK(properties_of(schemas()[name + ".dossier"]) == dossier);
        for (const auto* of : {".row", ".dossier"}) CHECK(schemas()[name + of]["unevaluatedProperties"] == false);
    }
}

TEST_CASE("shown: what is not described would be found", "[sim][api]") {
    const auto found = [](const json& value) {
        names faults;
        look(value, schemas()["election.row"], "", faults);
        return faults;
    };
    CHECK(found({{"id", 1}, {"ballots", 3}, {"voted", true}, {"electorate", nullptr}}).empty());
    CHECK(found({{"voters", json::array({1})}}) == names{"/voters is not described"});
    CHECK(found({{"voted", 3}}).size() == 1);
    CHECK(found({{"totals", json::array({{{"nominee", 1}, {"votes", 2}, {"by", 3}}})}}) == names{"/totals[]/by is not described"});
}

TEST_CASE("shown: every row and dossier of a year is as the document says, now and then", "[sim][api][year]") {
    const played y(small(3));
    names faults;
    std::size_t rows = 0, dossiers = 0;
    const auto look_at = [&](const std::string& kind, const json& row, const json& dossier) {
        if (!row.is_null()) look(row, schemas()[kind + ".row"], kind + ".row", faults), ++rows;
        if (!dossier.is_null()) look(dossier, schemas()[kind + ".dossier"], kind + ".dossier", faults), ++dossiers;
    };
    const auto people = y.log.highest(events::category::member);
    wire::flow_query q;
    q.limit = 200;
    const wire::moment then{{y.log.head().value * 3 / 4}, y.clock.now()};
    for (std::uint64_t n = 1; n <= people; ++n) {
        const events::member_id who{n};
        const wire::reader reader{who, events::language::zh};
        events::each_category([&](events::category c) {
            if (!wire::reading_of(c)) return;
            const std::string kind(events::name_of(c));
            for (const auto& row : body_of(wire::read_entities(y.read, c, who, q)).value("items", json::array())) look_at(kind, row, {});
            // Each by somebody, and each person some.
            for (std::uint64_t i = 1 + n % 6; i <= y.log.highest(c); i += 6) {
                look_at(kind, {}, body_of(wire::read_entity(y.read, {c, i}, reader)));
                if (i % 4 == 1) look_at(kind, {}, body_of(wire::read_entity(y.read, {c, i}, reader, then)));
            }
        });
        for (const auto& row : body_of(y.read.sorted_tasks(who, {}, {}, 50)).value("items", json::array())) look_at("task", row, {});
        for (std::uint64_t i = n; i <= 60; i += people) look_at("task", {}, body_of(y.read.task(reader, {i})));
    }
    INFO(json(faults).dump(1));
    CHECK(faults.empty());
    CHECK(rows > 500);
    CHECK(dossiers > 100);
}

}  // namespace sim::shown_tests
