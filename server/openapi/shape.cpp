#include "server/openapi/shape.hpp"

#include <cctype>
#include <stdexcept>

namespace server::openapi {
namespace {

/// Each by the name that it has in shapes.
json plain(std::string_view name) {
    if (name == "text") return {{"type", "string"}};
    if (name == "id") return {{"type", "integer"}, {"minimum", 1}};
    if (name == "count") return {{"type", "integer"}, {"minimum", 0}};
    if (name == "number") return {{"type", "integer"}};
    if (name == "yes_no") return {{"type", "boolean"}};
    if (name == "true" || name == "false") return {{"type", "boolean"}, {"const", name == "true"}};
    if (name == "moment") return {{"type", "string"}, {"format", "date-time"}, {"examples", json::array({"2026-11-23T08:00:00.000000Z"})}};
    if (name == "day") return {{"type", "string"}, {"format", "date"}, {"examples", json::array({"2026-11-23"})}};
    if (name == "uuid") return {{"type", "string"}, {"format", "uuid"}};
    if (name == "hash") return {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}};
    if (name == "base64") return {{"type", "string"}, {"contentEncoding", "base64"}};
    if (name == "stream") return {{"type", "string"}, {"pattern", "^[a-z_]+/[0-9]+$"}, {"examples", json::array({"task/17"})}};
    if (name == "null") return {{"type", "null"}};
    if (name == "bytes") return {{"type", "string"}, {"format", "binary"}};
    if (name == "any") return json::object();
    throw std::logic_error("no such shape: " + std::string(name));
}

class reader {
public:
    explicit reader(std::string_view text) : left_(text) {}

    json whole() {
        auto found = either();
        if (!at_end()) fail("more than one shape");
        return found;
    }

private:
    json either() {
        auto all = json::array();
        do all.push_back(both());
        while (takes('|'));
        if (all.size() == 1) return std::move(all.front());
        json choices = json::array();
        for (const auto& one : all)
            if (one.contains("enum")) choices.push_back(one["enum"].front());
        if (choices.size() == all.size()) return {{"type", "string"}, {"enum", std::move(choices)}};
        if (all.size() == 2 && all[1] == plain("null") && all[0].contains("type") && !all[0].contains("enum")) {
            auto nullable = all[0];
            nullable["type"] = json::array({all[0]["type"], "null"});
            return nullable;
        }
        return {{"anyOf", std::move(all)}};
    }

    json both() {
        auto all = json::array();
        do all.push_back(list());
        while (takes('&'));
        if (all.size() == 1) return std::move(all.front());
        return {{"allOf", std::move(all)}};
    }

    json list() {
        auto one = single();
        while (takes('[')) {
            expect(']');
            one = {{"type", "array"}, {"items", std::move(one)}};
        }
        return one;
    }

    json single() {
        if (takes('(')) {
            auto within = either();
            expect(')');
            return within;
        }
        if (takes('{')) return object();
        if (takes('\'')) {
            const auto end = left_.find('\'');
            if (end == left_.npos) fail("a text that does not end");
            json one = {{"type", "string"}, {"enum", json::array({std::string(left_.substr(0, end))})}};
            left_.remove_prefix(end + 1);
            return one;
        }
        if (is_digit() || (!left_.empty() && left_.front() == '-')) return range();
        const auto name = word();
        const bool is_named = std::isupper(static_cast<unsigned char>(name.front())) || name.find('.') != name.npos;
        return is_named ? reference(name) : plain(name);
    }

    json range() {
        json one = {{"type", "integer"}, {"minimum", number()}};
        expect('.');
        expect('.');
        if (is_digit()) one["maximum"] = number();
        return one;
    }

    json object() {
        json one = {{"type", "object"}};
        auto properties = json::object();
        auto required = json::array();
        while (!takes('}')) {
            if (takes('[')) {
                word();
                expect(']');
                expect(':');
                one["additionalProperties"] = either();
            } else {
                const std::string name(word());
                const bool may_be_left_out = takes('?');
                expect(':');
                properties[name] = either();
                if (!may_be_left_out) required.push_back(name);
            }
            if (!takes(',')) {
                expect('}');
                break;
            }
        }
        if (!properties.empty()) one["properties"] = std::move(properties);
        if (!required.empty()) one["required"] = std::move(required);
        return one;
    }

    std::int64_t number() {
        const bool negative = takes('-');
        std::int64_t n = 0;
        if (!is_digit()) fail("a number");
        for (; is_digit(); left_.remove_prefix(1)) n = n * 10 + (left_.front() - '0');
        return negative ? -n : n;
    }

    std::string_view word() {
        skip();
        std::size_t end = 0;
        const auto in_word = [&](std::size_t at) {
            const bool within = left_[at] == '.' && at + 1 < left_.size() && left_[at + 1] != '.';  // "task.row"
            return std::isalnum(static_cast<unsigned char>(left_[at])) || left_[at] == '_' || within;
        };
        while (end < left_.size() && in_word(end)) ++end;
        if (end == 0) fail("a word");
        const auto found = left_.substr(0, end);
        left_.remove_prefix(end);
        return found;
    }

    void skip() {
        while (!left_.empty() && (left_.front() == ' ' || left_.front() == '\n')) left_.remove_prefix(1);
    }
    bool at_end() {
        skip();
        return left_.empty();
    }
    bool is_digit() {
        skip();
        return !left_.empty() && left_.front() >= '0' && left_.front() <= '9';
    }
    bool takes(char c) {
        skip();
        if (left_.empty() || left_.front() != c) return false;
        left_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!takes(c)) fail(std::string(1, c));
    }
    [[noreturn]] void fail(const std::string& what) const { throw std::logic_error("a shape is written wrong: " + what + " is missing before " + std::string(left_)); }

    std::string_view left_;
};

}  // namespace

json reference(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }

json shape(std::string_view written) { return reader(written).whole(); }

}  // namespace server::openapi
