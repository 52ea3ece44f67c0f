#include "clients/cli/failure.hpp"

#include "clients/cli/json.hpp"

#include <fmt/format.h>

namespace cli {

exit_code exit_code_of(unsigned http_status) {
    switch (http_status) {
        case 400: case 413: case 415: case 422: return exit_code::invalid;
        case 401: return exit_code::unauthenticated;
        case 403: return exit_code::forbidden;
        case 404: return exit_code::not_found;
        case 409: case 412: return exit_code::conflict;
        case 429: case 502: case 503: case 504: return exit_code::unavailable;
        default: return http_status < 400 ? exit_code::ok : exit_code::internal;
    }
}

failure failure::from_problem(const json& problem) {
    if (!problem.is_object() || !problem.contains("code")) {
        return {exit_code::internal, "服务器的回答无法识别：" + as_text(problem).substr(0, 200),
                "the server's answer is not understood: " + as_text(problem).substr(0, 200)};
    }
    const auto code = text_at(problem, "code");
    const auto clause = text_at(problem, "clause");
    const auto detail = text_at(problem, "detail", text_at(problem, "title"));
    const auto status = static_cast<unsigned>(number_at(problem, "status").value_or(500));

    const auto present = number_at(problem, "present");
    const auto where = clause.empty() ? code : clause + " · " + code;
    const auto line = [&](language l) {
        const auto in = l == language::zh ? "zh" : "en";
        auto out = fmt::format("{} [{}]", text_at(problem, in, detail), where);
        for (const auto& each : list_at(problem, "errors")) {
            const auto words = text_at(each, in, text_at(each, "detail"));
            // Of a rule it says of the field what is said already.
            const bool said = words.empty() || words == text_at(problem, in);
            out += "; " + text_at(each, "pointer") + (said ? "" : ": " + words);
        }
        if (present) out += fmt::format(fmt::runtime(l == language::zh ? "（现为第 {} 版）" : " (now at version {})"), *present);
        return out;
    };
    failure out(exit_code_of(status), line(language::zh), line(language::en));
    out.code_ = code;
    out.status_ = status;
    return out;
}

}  // namespace cli
