#include "server/package/shown_fields.hpp"

#include <algorithm>
#include <utility>

namespace server::package {
namespace {

const json nothing;

const json& at(const json& of, const char* name) {
    const auto found = of.find(name);
    return found == of.end() ? nothing : *found;
}

std::string text(const json& of, const char* name) {
    const auto& value = at(of, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool is_empty(const json& value) { return value.is_null() || value == "" || ((value.is_array() || value.is_object()) && value.empty()); }

/// 123450 as "1,234.50".
std::string amount(std::uint64_t hundredths) {
    auto whole = std::to_string(hundredths / 100);
    for (auto i = static_cast<std::ptrdiff_t>(whole.size()) - 3; i > 0; i -= 3) whole.insert(static_cast<std::size_t>(i), ",");
    const auto rest = std::to_string(hundredths % 100);
    return whole + (rest.size() < 2 ? ".0" : ".") + rest;
}

std::string file(const json& attachment) {
    const auto sha256 = escaped(text(attachment, "sha256"));
    const auto name = escaped(text(attachment, "name"));
    return "<a href=\"attachments/" + sha256 + "\" download=\"" + name + "\">" + name + "</a> (" + at(attachment, "bytes").dump() + ") <code>" + sha256 + "</code>";
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string shown_fields::words(const json& both) const { return escaped(text(both, l_ == events::language::zh ? "zh" : "en")); }

std::string shown_fields::all(const json& fields, const json& data) const {
    std::string inner;
    for (const auto& field : fields) {
        const auto& value = at(data, text(field, "name").c_str());
        // A form stands for itself, and not under what it is called again.
        if (field.at("is") == "group" && value.is_object()) inner += all(field.at("fields"), value);
        else add(inner, field, value);
    }
    return inner;
}

void shown_fields::add(std::string& out, const json& field, const json& value) const {
    if (field.at("is") == "extras") {
        for (const auto& added : at(value, "fields")) out += "<dt>" + escaped(text(added, "name")) + "</dt><dd>" + escaped(text(added, "text")) + "</dd>";
        for (const auto& attachment : at(value, "attachments")) out += "<dd>" + file(attachment) + "</dd>";
        return;
    }
    if (is_empty(value)) return;
    if (const auto what = said(field, value); !what.empty()) out += "<dt>" + words(field.at("label")) + "</dt><dd>" + what + "</dd>";
}

std::string shown_fields::said(const json& field, const json& value) const {
    const auto is = text(field, "is");
    if (!value.is_array()) return one(field, is, value);
    std::string out;
    for (const auto& each : value) out += "<li>" + one(field, is, each) + "</li>";
    return out.empty() ? out : "<ul>" + out + "</ul>";
}

std::string shown_fields::one(const json& field, const std::string& is, const json& value) const {
    if (is == "files") return file(value);
    if (value.is_object() && field.contains("fields")) return "<dl>" + all(field.at("fields"), value) + "</dl>";
    if (is == "bilingual") return words(value);
    if (value.is_object()) return say("（已抹除）", "(erased)");  // a personal text, whose key is gone
    if (value.is_boolean()) return value == true ? say("是", "yes") : say("否", "no");
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (is == "person" || is == "people") return number ? name_of_({number}) : std::string();
        if (is == "money" || is == "hundredths") return amount(number);
        if (is == "reference" || is == "references") return number ? escaped(text(field, "of")) + "/" + std::to_string(number) : std::string();
        if (is == "event") return number ? "#" + std::to_string(number) : std::string();
    }
    if (field.contains("options"))
        for (const auto& option : field.at("options"))
            if (option.at("name") == value) return words(option.at("label"));
    auto out = escaped(value.is_string() ? value.get<std::string>() : value.dump());
    if (is == "percent") out += " %";
    else if (field.contains("unit")) out += " " + words(field.at("unit"));
    return out;
}

}  // namespace server::package
