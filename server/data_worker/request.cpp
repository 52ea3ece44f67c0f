#include "server/data_worker/request.hpp"

#include "server/data_worker/cast.hpp"

namespace data_worker {

void request::wrong(const std::string& key, const std::string& zh, const std::string& en) { throw trouble("bad_request", "请求中的 " + key + "：" + zh, "the request's " + key + ": " + en); }

const json* request::find(const char* key) const {
    const auto at = of_.find(key);
    return at == of_.end() || at->is_null() ? nullptr : &*at;
}
const json& request::needs(const char* key) const {
    if (const auto* v = find(key)) return *v;
    wrong(key, "缺少", "it is missing");
}
std::string request::text(const char* key) const {
    const auto& v = needs(key);
    if (!v.is_string()) wrong(key, "应为文字", "a text is expected");
    return v.get<std::string>();
}
std::string request::text_or(const char* key, std::string otherwise) const { return find(key) ? text(key) : std::move(otherwise); }
std::int64_t request::number(const char* key) const {
    const auto& v = needs(key);
    if (!v.is_number_integer() || (v.is_number_unsigned() && v.get<std::uint64_t>() > INT64_MAX)) wrong(key, "应为整数", "a whole number is expected");
    return v.get<std::int64_t>();
}
std::optional<std::int64_t> request::number_if(const char* key) const { return find(key) ? std::optional(number(key)) : std::nullopt; }
bool request::flag(const char* key) const {
    const auto* v = find(key);
    if (v && !v->is_boolean()) wrong(key, "应为 true 或 false", "true or false is expected");
    return v && v->get<bool>();
}
std::int32_t request::day(const char* key) const {
    const auto made = cast_day(text(key));
    if (!made.value) wrong(key, "应为日期，如 2026-11-30", "a day is expected, as in 2026-11-30");
    return *made.value;
}
std::optional<std::int32_t> request::day_if(const char* key) const { return find(key) ? std::optional(day(key)) : std::nullopt; }

}  // namespace data_worker
