#include "opsroom/schema.hpp"

#include "opsroom/nearest.hpp"

#include <algorithm>
#include <string_view>

namespace opsroom {
namespace {

/// The wire knows no leaving out of these.
constexpr std::string_view many[] = {"people", "departments", "roles", "references", "list", "files", "lines", "remarks", "codes", "numbers", "choices"};

using versions = std::map<std::string, std::uint64_t>;

std::string meant(const std::string& name, const std::vector<std::string>& known) {
    const auto near = nearest(name, known);
    return near.empty() ? std::string() : " (did you mean " + near + "?)";
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& each : names) out += (out.empty() ? "" : ", ") + each;
    return out;
}

std::vector<std::string> names_of(const json& fields) {
    std::vector<std::string> out;
    for (const auto& f : fields) out.push_back(text_at(f, "name"));
    return out;
}

json extras(const json& field, const json& given, const versions& in_force) {
    const auto found = in_force.find(text_at(field, "of"));
    json out{{"form", found == in_force.end() ? 1 : found->second}, {"fields", json::array()}, {"attachments", json::array()}};
    if (given.is_object()) out.update(given);
    return out;
}

json completed(const std::string& command, const json& fields, const json& given, const versions& in_force, const std::string& at, bool fill) {
    const auto known = names_of(fields);
    for (const auto& [name, value] : given.items())
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw mistake(command + ": there is no field " + at + name + meant(name, known) + "; there are " + listed(known));
    json out = json::object();
    for (const auto& f : fields) {
        const auto name = text_at(f, "name");
        const auto is = text_at(f, "is");
        const auto& value = at_or_null(given, name.c_str());
        if (value.is_null()) {
            if (fill && std::find(std::begin(many), std::end(many), is) != std::end(many)) out[name] = json::array();
            else if (fill && is == "extras") out[name] = extras(f, {}, in_force);
        } else if (is == "extras" && value.is_object()) {
            out[name] = extras(f, value, in_force);
        } else if (is == "group" && value.is_object()) {
            out[name] = completed(command, list_at(f, "fields"), value, in_force, at + name + ".", true);
        } else if (is == "list" && value.is_array()) {
            out[name] = json::array();
            // Of a line it can mean something that a list is left out of it.
            for (const auto& line : value)
                out[name].push_back(line.is_object() ? completed(command, list_at(f, "fields"), line, in_force, at + name + ".", false) : line);
        } else {
            out[name] = value;
        }
    }
    return out;
}

const json& with_name(const json& all, const char* key, const std::string& name) {
    static const json nothing;
    for (const auto& each : all)
        if (text_at(each, key) == name) return each;
    return nothing;
}

bool is_number(const std::string& text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos; }

}  // namespace

schema::schema(json said, language in) : said_(std::move(said)), in_(in) {
    for (const auto& kind : list_at(said_, "kinds"))
        for (const auto& form : list_at(kind, "forms")) versions_[text_at(form, "name")] = number_at(form, "version").value_or(1);
}

const json& schema::kind(const std::string& name) const { return with_name(list_at(said_, "kinds"), "name", name); }

std::vector<std::string> schema::kinds() const { return names_of(list_at(said_, "kinds")); }

command schema::named(const std::string& type, const std::string& target, const json& fields) const {
    const auto name = type.substr(0, type.find('.'));
    const auto& of = kind(name);
    if (of.is_null()) throw mistake(type + ": no kind of document is called " + name + meant(name, kinds()) + "; there are " + listed(kinds()));
    std::vector<std::string> given_by_people;
    bool some_create = false;
    for (const auto& c : list_at(of, "commands")) {
        some_create = some_create || flag_at(c, "creates");
        if (!flag_at(c, "by_system")) given_by_people.push_back(text_at(c, "type"));
    }
    if (std::find(given_by_people.begin(), given_by_people.end(), type) == given_by_people.end())
        throw mistake("there is no command " + type + meant(type, given_by_people) + "; there are " + listed(given_by_people));
    const auto& c = with_name(list_at(of, "commands"), "type", type);
    if (flag_at(c, "creates") && !target.empty()) throw mistake(type + " makes a new one: it has no target");
    // Of a kind that nobody makes one of there may be one alone, and then it is not named.
    if (!flag_at(c, "creates") && some_create && target.empty()) throw mistake(type + " needs a target");
    if (!fields.is_object() && !fields.is_null()) throw mistake(type + ": fields are an object");
    const auto& described = list_at(c, "fields");
    auto data = completed(type, described, fields, versions_, {}, true);
    for (const auto& f : described)
        if (flag_at(f, "required") && at_or_null(fields, text_at(f, "name").c_str()).is_null())
            throw mistake(type + ": the field " + text_at(f, "name") + " is missing");
    return {type, is_number(target) ? name + "/" + target : target, {}, std::move(data), {}};
}

std::string schema::status(const std::string& path, const std::string& name) const {
    for (const auto& kind : list_at(said_, "kinds"))
        if (text_at(kind, "path", "/api/v1/" + text_at(kind, "name") + "s") == "/api/v1/" + path) {
            const auto& found = with_name(list_at(kind, "statuses"), "name", name);
            return found.is_null() ? name : words(at_or_null(found, "label"));
        }
    return name;
}

std::string schema::happened(const json& event) const {
    const auto type = text_at(event, "type");
    const auto& found = with_name(list_at(kind(type.substr(0, type.find('.'))), "events"), "type", type);
    return found.is_null() ? type : words(at_or_null(found, "label"));
}

}  // namespace opsroom
