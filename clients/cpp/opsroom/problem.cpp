#include "opsroom/problem.hpp"

#include <algorithm>

namespace opsroom {
namespace {

std::string sentence(const json& said) {
    auto out = text_at(said, "detail", text_at(said, "en", text_at(said, "title", text_at(said, "code"))));
    if (const auto clause = text_at(said, "clause"); !clause.empty()) out += " [" + clause + "]";
    for (const auto& each : list_at(said, "errors")) out += "\n  " + text_at(each, "pointer") + ": " + text_at(each, "detail", text_at(each, "en"));
    for (const auto& each : list_at(said, "refused"))
        out += "\n  #" + std::to_string(number_at(each, "index").value_or(0)) + ": " + sentence(at_or_null(each, "problem"));
    return out;
}

bool is_problem(const json& said) { return at_or_null(said, "code").is_string(); }

json own(const std::string& code, const std::string& zh, const std::string& en, unsigned status) {
    return {{"code", code}, {"status", status}, {"zh", zh}, {"en", en}, {"client", true}};
}

}  // namespace

problem::problem(const json& said)
    : std::runtime_error(is_problem(said) ? sentence(said) : "the server's answer made no sense"), said_(said) {
    if (!is_problem(said)) {
        *this = odd_answer(0, as_text(said).substr(0, 200));
        return;
    }
    code_ = text_at(said, "code");
    status_ = static_cast<unsigned>(number_at(said, "status").value_or(0));
    const auto detail = text_at(said, "detail", text_at(said, "title", code_));
    zh_ = text_at(said, "zh", detail);
    en_ = text_at(said, "en", detail);
    clause_ = text_at(said, "clause");
    by_server_ = !flag_at(said, "client");
    present_ = number_at(said, "present");
    for (const auto& each : list_at(said, "errors")) {
        const auto words = text_at(each, "detail");
        fields_.push_back({text_at(each, "pointer"), text_at(each, "zh", words), text_at(each, "en", words)});
    }
    for (const auto& each : list_at(said, "refused"))
        refused_.emplace(number_at(each, "index").value_or(0), problem(at_or_null(each, "problem")));
    const auto& rest = at_or_null(said, "retry_after");
    if (rest.is_number()) retry_after_ = std::chrono::seconds(static_cast<std::int64_t>(std::clamp(rest.get<double>() + 0.999, 0.0, 3600.0)));
}

problem::problem(std::string code, std::string zh, std::string en, unsigned status) : problem(own(code, zh, en, status)) {}

std::vector<std::string> problem::pointers() const {
    std::vector<std::string> out;
    for (const auto& each : fields_) out.push_back(each.pointer);
    return out;
}

bool problem::is_passing() const {
    return code_ == "unreachable" || status_ == 429 || status_ == 502 || status_ == 503 || status_ == 504;
}

problem odd_answer(unsigned status, const std::string& what) {
    return {"odd_answer", "服务器的回答无法理解（" + what + "）", "the server's answer made no sense (" + what + ")", status};
}

}  // namespace opsroom
