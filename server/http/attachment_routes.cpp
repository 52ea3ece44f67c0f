// Attachments: sent in parts under their hash, taken up again where they were cut off, and streamed to whoever may see
// something that carries them.

#include "server/http/router.hpp"

#include "events/codec/json_write.hpp"
#include "server/engine/refusals.hpp"
#include "server/openapi/shape_of.hpp"
#include "server/wire/attachments.hpp"
#include "server/wire/json_object.hpp"

#include <boost/asio/post.hpp>

namespace server::http {
namespace {

using boost::asio::awaitable;
using core::refusal;
using blobs::blob_error;
using enum core::obstacle;

constexpr refusal bad_hash{"bad_hash", "S1.3.2", "sha256 须为 64 位小写十六进制。", "sha256 takes 64 lower-case hex digits.", field, "sha256"};
constexpr refusal too_large{"attachment_too_large", "S1.3.2", "文件为空或超过上限（见 GET /api/v1/org 的 attachment_bytes_max），或与声明的大小不符。",
                            "The file is empty, above the limit (attachment_bytes_max in GET /api/v1/org), or larger than it was said to be."};
constexpr refusal wrong_offset{"wrong_offset", "S1.3.2", "请从 have 处继续上传；尚未开始的先 POST /api/v1/attachments。",
                               "Go on from `have`; begin with POST /api/v1/attachments where it was not begun."};
constexpr refusal wrong_content{"wrong_content", "S1.3.2", "收到的内容与哈希不符，已丢弃。请重新上传。", "What came does not have that hash, and was dropped. Send it again."};
constexpr refusal wrong_type{"wrong_type", "S1.3.2",
                             "不接受此类文件，或内容与声明的类型不符。接受 PDF、PNG、JPEG、GIF、WebP、文本、Markdown、CSV、JSON、ZIP、Office 与 OpenDocument。",
                             "This type is not taken, or the content is of another. PDF, PNG, JPEG, GIF, WebP, text, Markdown, CSV, JSON, ZIP, Office and OpenDocument are."};
constexpr refusal being_sent{"being_sent", "S1.3.2", "您的另一连接正在上传同一文件，请稍后再试。", "Another of your connections is sending the same file now: try again in a moment."};
constexpr refusal too_many_unfinished{"too_many_uploads", "S1.3.2", "未完成的上传过多，请稍后再试。", "Too many uploads are unfinished: try again later."};

constexpr refusal damaged_file{"damaged_file", "S1.3.2", "此附件或其密钥在服务器上已损坏或无法读取，未发送：请管理员按服务器日志所写的文件，从备份恢复 blobs 或 keys/files，或修正权限。",
                               "This file, or its keys, are damaged or can't be read on the server, and it was not sent: an administrator has to bring blobs or keys/files back from a backup, "
                               "or mend their permissions (the server's log names the file)."};

constexpr refusal erased_file{"erased_file", "D9", "此附件只属于已被抹除者的表单，已随其密钥销毁，任何人都无法再读取。",
                              "This file was on forms of somebody who was erased, and on nothing else: it was destroyed with their key, and nobody can read it any more.",
                              status};

/// One of them has to be finished, or given up and swept.
wire::problem no_more_uploads() {
    auto no = wire::make(429, too_many_unfinished);
    no.retry_after_seconds = 60;
    return no;
}

wire::problem problem_of(blob_error e) {
    switch (e) {
        case blob_error::bad_name: return wire::make(422, bad_hash);
        case blob_error::too_large: return wire::make(413, too_large);
        case blob_error::wrong_offset: return wire::make(409, wrong_offset);
        case blob_error::wrong_content: return wire::make(422, wrong_content);
        case blob_error::wrong_type: return wire::make(415, wrong_type);
        case blob_error::busy: return wire::make(409, being_sent);
        case blob_error::no_room: return wire::from_refusal(engine::disk_full);
        default: return no_more_uploads();
    }
}

response answer(const blobs::upload& u, events::language language) {
    const bool goes_on = u.error == blob_error::wrong_offset || u.error == blob_error::no_room;
    if (u.error != blob_error::none && !goes_on) return refuse(problem_of(u.error), language);
    auto r = u.error == blob_error::none ? json({}) : refuse(problem_of(u.error), language);
    if (u.error == blob_error::none) {
        wire::json_object o(r.body);
        o.put("have", u.have).put("complete", u.complete);
    }
    r.headers.emplace_back("Upload-Offset", std::to_string(u.have));
    return r;
}

struct begun {
    std::string sha256;
    std::uint64_t bytes;
    std::string media_type;
};
BOOST_DESCRIBE_STRUCT(begun, (), (sha256, bytes, media_type))

awaitable<response> begin(call c) {
    const auto root = c.on.bodies.parse(c.request.body);
    if (!root) co_return refuse(wire::make(400, wire::problems::malformed_json), c.language());
    begun b;
    if (auto wrong = events::codec::read_json(*root, b)) co_return refuse(wire::from_fault(wrong), c.language());
    const auto most = c.all().read.views().read([](const auto& v, events::position) { return v.settings().attachment_bytes_max; });
    blobs::upload u;
    co_await on_lane(c, shares::lane::files, [&] {
        u = c.all().files.begin(c.member(), b.sha256, b.bytes, b.media_type, most, wire::may_read_file(c.all().read, c.member(), b.sha256));
    });
    co_return answer(u, c.language());
}

awaitable<response> append(call c) {
    const auto offset = number(c.request, "offset", 0, 0, INT64_MAX);
    if (!offset) co_return refuse(bad_query("offset", "have"), c.language());
    blobs::upload u;
    co_await on_lane(c, shares::lane::files, [&] { u = c.all().files.append(c.member(), std::string(c.parts[0]), *offset, c.request.body); });
    co_return answer(u, c.language());
}

awaitable<void> send_file(services& all, std::uint64_t whose, std::string sha256, byte_range asked, body_writer& to) {
    constexpr std::uint64_t part_bytes = 128UL * 1024;
    for (auto at = asked.from; at < asked.from + asked.count;) {
        std::string part;
        const auto size = static_cast<std::size_t>(std::min(part_bytes, asked.from + asked.count - at));
        co_await on_lane_again(all, shares::lane::files, whose, [&] { part = all.files.read(sha256, at, size); });
        if (part.empty() || !co_await to.write(part)) co_return;
        at += part.size();
    }
}

awaitable<response> download(call c) {
    catch_views_up(c);
    const std::string sha256(c.parts[0]);
    const bool allowed = wire::may_read_file(c.all().read, c.member(), sha256);
    if (!allowed) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    const auto found = c.all().files.find(sha256);
    // What is sent is what was attached, or nothing; of who was erased nothing, whether or not it was removed already.
    bool whole = false, erased = false;
    const std::function<void()> look = [&] {
        erased = wire::carriers_of(c.all().read, sha256).erased();
        whole = !erased && found && c.all().files.check(sha256);
    };
    co_await on_lane(c, shares::lane::files, look);
    if (erased) co_return refuse(wire::make(410, erased_file), c.language());
    if (!found && !c.all().files.unusable(sha256)) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    if (!whole) co_return refuse(wire::make(500, damaged_file), c.language());
    response r;
    const auto tag = '"' + sha256 + '"';
    r.headers.emplace_back("ETag", tag);
    r.headers.emplace_back("Cache-Control", "private, max-age=31536000, immutable");
    r.content_type = found->media_type;
    // A browser saves it: nothing that somebody uploaded is run in this origin.
    r.headers.emplace_back("Content-Disposition", "attachment");
    r.file.emplace(whole_file{found->bytes, [&all = c.all(), whose = share_of(c), sha256](body_writer& to, byte_range part) {
                                  return send_file(all, whose, sha256, part, to);
                              }});
    co_return r;
}

}  // namespace

std::vector<route> attachment_routes() {
    using openapi::operation;
    const auto sent = [](operation is) {
        return std::move(is).answers("Upload").refuses(409, wrong_offset).refuses(409, being_sent).refuses(413, too_large).refuses(415, wrong_type).refuses(422, bad_hash).refuses(422, wrong_content)
            .refuses(429, wire::problems::rate_limited).refuses(429, too_many_unfinished);
    };
    const auto of_hash = [](operation is) { return std::move(is).part("sha256", "text", "内容的 SHA-256", "The SHA-256 of its content"); };
    return {
        {method::post, "/api/v1/attachments", begin, sent(operation("开始上传，或接着上传", "Begin to send a file, or go on").takes(openapi::shape_of<begun>()).refuses(422, wire::problems::bad_fields))},
        {method::put, "/api/v1/attachments/{sha256}", append,
         of_hash(sent(operation("文件的下一部分", "The next part of a file").takes("bytes", "application/octet-stream").asks("offset", "count", "此部分的起点", "Where this part begins")))},
        {method::get, "/api/v1/attachments/{sha256}", download,
         of_hash(operation("下载附件", "A file").more("可用 Range 取其一部分（206）。", "A part of it with Range (206).").answers_as("*/*", "bytes").tagged().refuses(410, erased_file).refuses(416, wire::problems::beyond_the_end)
                     .refuses(500, damaged_file))},
    };
}

}  // namespace server::http
