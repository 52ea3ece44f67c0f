#include "server/wire/parser.hpp"

#include <array>
#include <new>

namespace server::wire {

parser::parser(std::size_t bytes_max) : parser_(bytes_max), bytes_max_(bytes_max) {
    if (parser_.allocate(bytes_max, json_depth_max) != simdjson::SUCCESS) throw std::bad_alloc();
}

std::optional<simdjson::dom::element> parser::parse(std::string_view text) {
    if (text.size() > bytes_max_) return std::nullopt;
    simdjson::dom::element root;
    if (parser_.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return std::nullopt;
    return root;
}

namespace {

/// What a number's rule takes, by the name of its field; what its type could hold is nobody's business.
struct bounds {
    std::string_view field;
    std::string_view are;
};
constexpr bounds of_numbers[] = {
    {"percent", "0 – 100"},       {"score", "0 – 100"},          {"points", "1 – 5"},           {"weight", "1 – 100"},
    {"quarter", "1 – 4"},         {"year", "1970 – 9999"},       {"seats", "1 – 100"},          {"every", "1 – 250"},
    {"working_days", "0 – 365"},  {"self_percent", "0 – 100"},   {"superior_percent", "0 – 100"}, {"quarters_percent", "0 – 100"},
    {"annual_percent", "0 – 100"}, {"grade_s", "0 – 100"},       {"grade_a", "0 – 100"},        {"grade_b", "0 – 100"},
    {"grade_c", "0 – 100"},       {"from", "0 – 1440"},          {"until", "0 – 1440"},         {"break_from", "0 – 1440"},
    {"break_until", "0 – 1440"},  {"calibration_days", "0 – 255"}, {"remind_days", "0 – 255"}, {"escalate_days", "0 – 255"},
    {"attachment_bytes_max", "1 – 1073741824"}, {"appeal_days", "0 – 255"},    {"self_days", "1 – 255"},      {"evaluation_days", "1 – 255"},
};

}  // namespace

std::string_view bounds_of(std::string_view pointer) {
    const auto name = pointer.substr(pointer.rfind('/') + 1);
    for (const auto& b : of_numbers)
        if (b.field == name) return b.are;
    return {};
}

field_fault describe(const events::codec::fault& f) {
    using events::codec::fault_kind;
    switch (f.kind) {
        case fault_kind::missing: return {f.pointer, "缺少此字段", "this field is missing"};
        case fault_kind::unknown: return {f.pointer, "没有这个字段", "there is no such field"};
        case fault_kind::doubled: return {f.pointer, "此字段重复", "this field is there twice"};
        case fault_kind::wrong_type: return {f.pointer, "类型应为 " + f.expected, "this has to be of type " + f.expected};
        case fault_kind::out_of_range: {
            const auto are = std::string(bounds_of(f.pointer));
            if (are.empty()) return {f.pointer, "应为编号或个数：不带正负号的整数，例如 17", "this has to be a whole number without a sign, such as 17"};
            return {f.pointer, "应为 " + are + " 之间的整数", "this has to be a whole number within " + are};
        }
        case fault_kind::unwanted_character:
            return {f.pointer, "含有看不见的控制字符 " + f.expected + "：请删去（可重新输入这段文字）",
                    "there is a control character in it that can't be seen, " + f.expected + ": take it out, or type the text anew"};
        case fault_kind::bad_format: return {f.pointer, "格式应如 " + f.expected, "this has to look like " + f.expected};
        case fault_kind::not_a_choice: return {f.pointer, "应为其一：" + f.expected, "this has to be one of " + f.expected};
        case fault_kind::none: break;
    }
    return {f.pointer, "", ""};
}

problem from_fault(const events::codec::fault& f) {
    auto p = make(422, problems::bad_fields);
    p.errors.push_back(describe(f));
    return p;
}

}  // namespace server::wire
