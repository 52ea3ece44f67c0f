#include "clients/cli/failure.hpp"

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

namespace {

exit_code kind_of(const problem& why) {
    if (why.code() == "unreachable" || why.code() == "untrusted" || why.code() == "closed") return exit_code::unavailable;
    if (why.code() == "bad_address" || why.code() == "bad_certificate_file") return exit_code::usage;
    if (why.code() == "bad_file" || why.code() == "bad_text") return exit_code::invalid;
    return why.status() < 400 ? exit_code::internal : exit_code_of(why.status());
}

}  // namespace

failure failure::of(const problem& why) {
    if (why.by_server()) return from_problem(why.said());
    if (why.code() == "untrusted")
        return {kind_of(why), why.zh() + "（用 --ca 文件 信任它，或用 --insecure 不作检查）", why.en() + " (trust it with --ca FILE, or check nothing with --insecure)"};
    return {kind_of(why), why.zh(), why.en()};
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
