#include "core/formula/fault.hpp"

#include "core/formula/nearest.hpp"
#include "core/kernel/text.hpp"

namespace core::formula {
namespace {

constexpr std::size_t shown_max = 40;  // characters of a name

std::string shortened(std::string_view name) {
    if (text::characters(name) <= shown_max) return std::string(name);
    std::size_t bytes = 0;
    for (std::size_t n = 0; n < shown_max; ++n) {
        ++bytes;
        while (bytes < name.size() && (name[bytes] & 0xC0) == 0x80) ++bytes;
    }
    return std::string(name.substr(0, bytes)) + "…";
}

}  // namespace

std::string quoted_zh(std::string_view name) { return "「" + shortened(name) + "」"; }
std::string quoted_en(std::string_view name) { return "\"" + shortened(name) + "\""; }

fault fault_at(place where, problem is, std::string_view zh, std::string_view en) {
    const auto ended = [](std::string_view said, std::string_view stop, std::string_view asked) {
        return std::string(said) + std::string(said.ends_with(asked) ? std::string_view() : stop);
    };
    fault f{is, where.at, ended(zh, "。", "？"), ended(en, ".", "?")};
    if (where.at == 0) return f;
    const auto n = std::to_string(where.at);
    f.zh = "第 " + n + " 字：" + f.zh;
    f.en = "Character " + n + ": " + f.en;
    return f;
}

suggestion did_you_mean(std::string_view typed, const std::vector<std::string>& all) {
    const auto best = nearest(typed, all);
    if (best.empty()) return {};
    return {"，是否为" + quoted_zh(best) + "？", "; did you mean " + quoted_en(best) + "?"};
}

}  // namespace core::formula
