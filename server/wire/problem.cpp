#include "server/wire/problem.hpp"

#include "events/codec/json_write.hpp"
#include "server/engine/refusals.hpp"
#include "server/wire/feed.hpp"
#include "server/wire/given.hpp"
#include "server/wire/retry_after.hpp"

#include <algorithm>
#include <utility>

namespace server::wire {

namespace problems {

using core::refusal;

const refusal malformed_json{"malformed_json", "", "内容不是有效的 JSON（UTF-8，嵌套不超过 16 层）：请检查括号、引号与编码。",
                             "This is not JSON (UTF-8, nested at most 16 deep): check brackets, quotes and encoding."};
const refusal bad_fields{"bad_fields", "", "字段有误：请按 errors 逐项改正。", "Some fields are wrong: correct each one named in errors."};
const refusal unknown_command{"unknown_command", "", "没有这种命令：请对照命令表检查名称。", "There is no such command: check its name against the list of commands."};
const refusal unknown_type{"unknown_type", "", "不认识的消息类型：可用 command、subscribe、unsubscribe、typing、ping。",
                           "No such type of message: use command, subscribe, unsubscribe, typing or ping."};

namespace {
std::string joined(const std::vector<std::string_view>& names, std::string_view between) {
    std::string all;
    for (const auto& one : names) ((all += all.empty() ? std::string_view() : between) += one);
    return all;
}
const std::string no_feed_zh = "没有此订阅：可用 " + joined(all_feeds().plain, "、") + "，以及 " + joined(all_feeds().numbered, "、") + " 加“/编号”。";
const std::string no_feed_en = "There is no such feed: use one of " + joined(all_feeds().plain, ", ") + "; or, with /N, one of " + joined(all_feeds().numbered, ", ") + ".";
}  // namespace

const refusal bad_feed{"bad_feed", "", no_feed_zh, no_feed_en};
const refusal unauthenticated{"unauthenticated", "S1.3.1", "请先登录，或在 Authorization 中提供访问令牌。",
                              "Log in first, or give a token in the Authorization header."};
const refusal token_expired{"token_expired", "S1.3.1", "登录或令牌已过期：请重新登录。", "The session or token has expired: log in again."};
const refusal session_ended{"session_ended", "S1.3.1", "登录已过期：请重新登录。", "The session has ended: log in again."};
const refusal foreign_origin{"foreign_origin", "S1.3.1", "来源网站不被允许：请从本服务器打开，或将其加入 allowed_origins。",
                             "This origin is not allowed: open the page from this server, or add the origin to allowed_origins."};
const refusal forbidden{"forbidden", "S1.3.1", "您的角色不能这样做：请联系审计（AU）或系统管理员（AD）。",
                        "Your roles don't allow this: ask an auditor (AU) or an administrator (AD)."};
const refusal not_found{"not_found", "", "没有此内容，或您无权查看：请检查编号或地址。", "There is no such thing, or you may not see it: check the number or address."};
const refusal method_not_allowed{"method_not_allowed", "", "此地址不支持该方法：见响应的 Allow。", "This address does not take that method: see Allow."};
const refusal too_large{"too_large", "", "内容过大：请分成几次发送。", "Too large: send it in several parts."};
const refusal message_too_large{"message_too_large", "", "消息过大：请分成几条发送。", "The message is too large: send it as several."};
const refusal not_json{"not_json", "", "只接受 Content-Type: application/json。", "Only Content-Type: application/json is taken."};
const refusal too_many{"too_many", "", "请求过多：请稍候再试。", "Too many requests at once: try again in a moment."};
const refusal too_many_subscriptions{"too_many_subscriptions", "", "此连接的订阅已达上限：请先取消一些。",
                                     "This connection has as many subscriptions as it may: end some first."};
const refusal too_many_connections{"too_many_connections", "", "您的连接已达上限：请关闭一些页面或程序后再试。",
                                   "You have as many connections as one person may: close some pages or programs first."};
const refusal too_many_outstanding{"too_many_outstanding", "", "此连接未答复的命令过多：请等待答复后再发。",
                                   "This connection has too many commands without an answer: wait for some first."};
const refusal draining{"draining", "", "服务器正在重启：请稍候重试同一命令。", "The server is restarting: send the same again in a moment."};
const refusal starting{"starting", "", "服务器正在启动：请稍候重试。", "The server is starting: try again in a moment."};
const refusal present_only{"present_only", "S1.3.3", "此地址只有现在，没有过去：请去掉 as_of。", "This address has the present alone and no past: leave as_of out."};
const refusal bad_query{"bad_query", "", "查询参数有误：请按 errors 改正。", "A query parameter is wrong: correct what errors names."};
const refusal bad_handshake{"bad_handshake", "", "这里只接受 WebSocket 握手：GET、版本 13、16 字节的密钥和子协议 opsroom.v1.json。",
                            "This takes a WebSocket handshake: GET, version 13, a key of 16 bytes and the subprotocol opsroom.v1.json."};
const refusal malformed_request{"malformed_request", "", "请求不符合 HTTP/1.1：请检查请求行和请求头。",
                                "The request is not HTTP/1.1: check its first line and its headers."};
const refusal too_slow{"too_slow", "", "接收过慢，连接已断开：请从最后的位置（after）续接。",
                       "The connection is too slow and was closed: resume after the last position that you have."};
const refusal busy = engine::busy;
const refusal rate_limited{"rate_limited", "", "操作过于频繁：请在 Retry-After（retry_after）所示的秒数之后再试。",
                           "Too much at once: come again after as many seconds as Retry-After (retry_after) says."};
const refusal share_taken{"share_taken", "", "您已有许多同类请求在等待：请等其完成后再试。",
                          "Many requests of yours of this kind are waiting already: try again once they are done."};
const refusal bad_command_id{"bad_command_id", "", "命令编号须是 UUID，例如版本 7。", "A command's id has to be a UUID, best of version 7."};

const refusal wrong_version{"wrong_version", "", "只支持 HTTP/1.1 与 HTTP/1.0。", "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
const refusal doubled_header{"doubled_header", "", "同一请求头出现了两次，无法判断以哪个为准：请只给一次。",
                             "A header is there twice, and it can't be told which one counts: give it once."};
const refusal ambiguous_length{"ambiguous_length", "", "无法确定请求内容的长度：请只给一个 Content-Length，或只用 Transfer-Encoding: chunked。",
                               "It can't be told where the content ends: give one Content-Length, or Transfer-Encoding: chunked alone."};
const refusal unknown_coding{"unknown_coding", "", "不支持这种编码：请不压缩地发送，或用 Transfer-Encoding: chunked。",
                             "This coding is not taken: send the content uncompressed, at most with Transfer-Encoding: chunked."};
const refusal no_host{"no_host", "", "请给出一个 Host 请求头，例如 Host: opsroom.example:8080。", "Give one Host header, such as Host: opsroom.example:8080."};
const refusal unknown_expectation{"unknown_expectation", "", "只支持 Expect: 100-continue。", "Only Expect: 100-continue is understood."};
const refusal unknown_method{"unknown_method", "", "不支持这种方法：可用 GET、HEAD、POST、PUT、DELETE、OPTIONS。",
                             "This method is not understood: use GET, HEAD, POST, PUT, DELETE or OPTIONS."};
const refusal changed_meanwhile{"changed_meanwhile", "", "内容已与 If-Match 所指的不同：请重新读取。", "It is not what If-Match names any more: read it anew."};
const refusal beyond_the_end{"beyond_the_end", "", "所要的部分不在文件之内：长度见 Content-Range。", "The part that was asked for is not within the file: its length is in Content-Range."};
const refusal headers_too_large{"headers_too_large", "", "请求头过大：请减少请求头。", "The headers are too large: send fewer."};

}  // namespace problems

std::string_view title_of(int status, events::language reader) {
    const bool zh = reader == events::language::zh;
    switch (status) {
        case 400: return zh ? "请求有误" : "Bad request";
        case 401: return zh ? "未登录" : "Not logged in";
        case 403: return zh ? "不允许" : "Not allowed";
        case 404: return zh ? "未找到" : "Not found";
        case 405: return zh ? "方法不支持" : "Method not allowed";
        case 409: return zh ? "当前状态不允许" : "Not in this state";
        case 410: return zh ? "已抹除" : "Erased";
        case 412: return zh ? "版本已过时" : "Stale version";
        case 416: return zh ? "超出文件范围" : "Beyond the end";
        case 417: return zh ? "无法满足" : "Expectation failed";
        case 431: return zh ? "请求头过大" : "Headers too large";
        case 501: return zh ? "未实现" : "Not implemented";
        case 505: return zh ? "HTTP 版本不支持" : "Version not supported";
        case 413: return zh ? "内容过大" : "Too large";
        case 415: return zh ? "类型不支持" : "Unsupported type";
        case 421: return zh ? "不是这台服务器" : "Not this server";
        case 422: return zh ? "字段有误" : "Wrong fields";
        case 429: return zh ? "过于频繁" : "Too many";
        case 507: return zh ? "空间不足" : "No space left";
        case 503: return zh ? "暂不可用" : "Unavailable";
        default: return zh ? "出错" : "Error";
    }
}

int status_of(const core::refusal& why) {
    if (why.code == engine::stale_version.code) return 412;
    for (const auto* soon : {&engine::busy, &engine::short_of_means, &engine::being_mended})
        if (why.code == soon->code) return 503;
    if (why.code == engine::disk_full.code) return 507;
    if (why.code == engine::key_lost.code || why.code == engine::unreadable.code) return 500;
    switch (why.is) {
        case core::obstacle::who: return 403;
        case core::obstacle::status: return 409;
        case core::obstacle::field: return 422;
        case core::obstacle::missing: return 404;
    }
    return 409;
}

namespace {

/// Its words, and what they say of this very case. Chinese sentences follow one another without a blank.
std::string in_full(std::string_view words, const core::particulars& more, events::language reader) {
    auto text = std::string(words);
    if (more.empty()) return text;
    if (reader != events::language::zh) text += ' ';
    return text += more.in(reader);
}

}  // namespace

problem from_refusal(const core::refusal& why, std::optional<events::version> present, std::string_view place, core::particulars more) {
    using enum events::language;
    problem p{status_of(why), why, {}, present, {}, std::move(more)};
    if (!why.field.empty()) p.errors.push_back({"/data/" + std::string(place.empty() ? why.field : place), in_full(why.zh, p.more, zh), in_full(why.en, p.more, en)});
    return p;
}

problem make(int status, const core::refusal& why) { return {status, why, {}, {}, {}}; }

std::optional<int> retry_after(const problem& p) {
    constexpr int a_moment = 1, a_while = 10;
    if (p.retry_after_seconds) return std::max(a_moment, *p.retry_after_seconds);
    if (p.status == 429 || p.status == 503) return a_moment;
    return p.status == 507 ? std::optional(a_while) : std::nullopt;
}

void write_problem(std::string& out, const problem& p, events::language reader) {
    using events::codec::write_string;
    out += R"({"type":"urn:opsroom:problem:)";
    out += p.why.code;
    out += R"(","title":)";
    write_string(out, title_of(p.status, reader));
    out += R"(,"status":)";
    events::codec::write_number(out, p.status);
    out += R"(,"code":)";
    write_string(out, p.why.code);
    if (!p.why.clause.empty()) {
        out += R"(,"clause":)";
        write_string(out, p.why.clause);
    }
    if (const auto seconds = retry_after(p)) {
        out += R"(,"retry_after":)";
        events::codec::write_number(out, static_cast<std::uint64_t>(*seconds));
    }
    out += R"(,"detail":)";
    write_string(out, in_full(p.why.in(reader), p.more, reader));
    out += R"(,"zh":)";
    write_string(out, in_full(p.why.zh, p.more, events::language::zh));
    out += R"(,"en":)";
    write_string(out, in_full(p.why.en, p.more, events::language::en));
    if (!p.errors.empty()) {
        out += R"(,"errors":[)";
        for (const auto& e : p.errors) {
            out += &e == p.errors.data() ? R"({"pointer":)" : R"(,{"pointer":)";
            write_string(out, e.pointer);
            out += R"(,"detail":)";
            write_string(out, reader == events::language::zh ? e.zh : e.en);
            out += R"(,"zh":)";
            write_string(out, e.zh);
            out += R"(,"en":)";
            write_string(out, e.en);
            out += '}';
        }
        out += ']';
    }
    if (p.present) {
        out += R"(,"present":)";
        events::codec::write_number(out, p.present->value);
    }
    out += '}';
}

std::string to_json(const problem& p, events::language reader) {
    std::string out;
    write_problem(out, p, reader);
    return out;
}

}  // namespace server::wire
