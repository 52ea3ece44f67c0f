#include "server/wire/parser.hpp"

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

field_fault describe(const events::codec::fault& f) {
    using events::codec::fault_kind;
    switch (f.kind) {
        case fault_kind::missing: return {f.pointer, "缺少此字段", "this field is missing"};
        case fault_kind::unknown: return {f.pointer, "没有这个字段", "there is no such field"};
        case fault_kind::doubled: return {f.pointer, "此字段重复", "this field is there twice"};
        case fault_kind::wrong_type: return {f.pointer, "类型应为 " + f.expected, "this has to be of type " + f.expected};
        case fault_kind::out_of_range: return {f.pointer, "应在 " + f.expected + " 之间", "this has to be within " + f.expected};
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
