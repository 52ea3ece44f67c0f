// Search: words in Chinese and in Latin letters, what one may see and nothing else, and nothing of who was erased.

#include "server/search/search.hpp"
#include "server/search/texts.hpp"
#include "server/search/tokens.hpp"
#include "tests/sim/room.hpp"

#include <nlohmann/json.hpp>

#include <random>
#include <thread>

namespace sim::search_tests {

using core::channel;
using core::member;
using core::task;
namespace search = server::search;
using nlohmann::json;

namespace {

std::vector<std::string> tokens(std::string_view text, bool looked_for = false) {
    std::vector<std::string> all;
    search::tokens_of(text, looked_for, [&](const search::token& t) { all.push_back((t.same_place ? "=" : "") + t.text); });
    return all;
}

struct searched {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    search::texts texts{log, keys};
    std::uint64_t lin, wei, emma, root;

    searched() {
        r.start();
        lin = r.must<member>(0, member::join{"李娜", "li.na", {}, {"operations"}, {{"OM"}}, events::language::zh});
        wei = r.join("wei", "SP");
        emma = r.join("emma", "RQ", "finance");
        root = r.join("root", "AD");
    }
    json find(std::uint64_t who, std::string words, std::optional<search::kind> only = {}, std::size_t limit = 20,
              std::uint64_t before = INT64_MAX) {
        r.settle();
        texts.follower.catch_up();
        const auto found = search::find(r.read, texts.in, texts.follower.position(), {who}, {std::move(words), only, before, limit});
        if (const auto* no = std::get_if<wire::problem>(&found)) return {{"code", no->why.code}};
        return json::parse(std::get<wire::document>(found).body);
    }
    std::size_t count(std::uint64_t who, std::string words) { return find(who, std::move(words), {}, 100)["items"].size(); }
    task::assign order(std::string title) const {
        return {std::move(title), "按渠道汇总", "口径一致", std::chrono::year(2026) / 12 / 1, {wei}, {}, {}, {}};
    }
};

}  // namespace

TEST_CASE("search: words are pairs of Chinese characters, and words in small letters", "[sim][search]") {
    using list = std::vector<std::string>;
    CHECK(tokens("项目管理") == list{"项目", "目管", "管理", "=理"});
    CHECK(tokens("项目管理", true) == list{"项目", "目管", "管理"});
    CHECK(tokens("人") == list{"人"});
    CHECK(tokens("Weekly 渠道KPI，v2.0") == list{"weekly", "渠道", "=道", "kpi", "v2", "0"});
    CHECK(tokens("ＡＢ１ Ünï") == list{"ab1", "uni"});
    CHECK(tokens("𠀀𠀁x") == list{"𠀀𠀁", "=𠀁", "x"});
    CHECK(tokens(std::string(65, 'x')).empty());
    CHECK(tokens("。，!").empty());
    CHECK(search::query_of("项目 chan") == "\"项目\" AND \"chan\" *");
    CHECK(search::query_of("目") == "\"目\" *");
    CHECK(search::query_of("\"interface delay\"") == "\"interface delay\" *");
    CHECK(search::query_of(" ，\" ").empty());
    CHECK(search::excerpt_of("a\nb", {"b"}) == "a b");
}

TEST_CASE("search: what is written otherwise meets", "[sim][search]") {
    using list = std::vector<std::string>;
    const std::pair<const char*, const char*> same[] = {{"Łódź", "lodz"}, {"Škoda", "SKODA"}, {"İstanbul", "istanbul"}, {"ISPARTA", "ısparta"}, {"caf\u00e9", "cafe\u0301"}, {"Größe", "GROSSE"}, {"ﾊﾟｿｺﾝ", "パソコン"},
                                                      {"①", "1"}, {"㎏", "kg"}, {"ﬁn", "fin"}, {"Ⅳ", "iv"}, {"Ελλάδα", "ελλαδα"}, {"Ёлка", "елка"}, {"が", "か\u3099"}, {"한", "\u1112\u1161\u11AB"}, {"œuvre", "oeuvre"}, {"①②", "１２"}};
    for (const auto& [one, other] : same) {
        CAPTURE(one, other);
        CHECK(tokens(one) == tokens(other));
        CHECK_FALSE(tokens(one, true).empty());
    }
    CHECK(tokens("が") != tokens("か"));
    CHECK(tokens("C++") == list{"c", "=c++"});
    CHECK(tokens("C++", true) == list{"c++"});
    CHECK(tokens("C# F#, a+b #2161") == list{"c", "=c#", "f", "=f#", "a", "=a+", "b", "2161"});
    CHECK(tokens("25℃") == list{"25", "°", "c"});
    CHECK(tokens("👍🏽好€5") == list{"👍", "🏽", "好", "€", "5"});
    CHECK(tokens("👩\u200D👧") == list{"👩", "👧"});
    CHECK(search::query_of("C++") == "\"C++\" *");
    CHECK(search::query_of("#2161") == "\"#2161\" *");
    CHECK(search::query_of("!!!").empty());
    CHECK(search::excerpt_of("In Łódź", {"lodz"}) == "In Łódź");
    CHECK(search::excerpt_of(std::string(100, 'x') + " ℃ then", {"°c"}).starts_with("…"));

    search::index in;
    const std::pair<const char*, const char*> found[] = {{"We write C++ here", "c++"}, {"C and D", "and"}, {"warm: 25℃", "℃"}, {"👍 well done", "👍"}, {"see #2161", "#2161"}, {"Zażółć gęślą jaźń", "gesla"}};
    std::uint64_t at = 0;
    for (const auto& [text, query] : found) in.put(++at, {search::kind::task, at, 0}, text);
    at = 0;
    for (const auto& [text, query] : found) {
        const auto hits = in.find(search::query_of(query), search::kind::none, INT64_MAX, 10);
        CAPTURE(query);
        REQUIRE(hits.size() == 1);
        CHECK(hits[0].at == ++at);
    }
}

TEST_CASE("search: any query is answered, none breaks out of it", "[sim][search]") {
    searched s;
    s.r.task(s.lin, s.wei, "渠道周报");
    std::mt19937 random(5);
    const char* pieces[] = {"渠道", "\"", "*", "AND", "NOT ", "(", ")", "{text}", ":", "^", "-", "'", ";", " ", "报", "a", "\\", "NEAR("};
    for (int i = 0; i < 500; ++i) {
        std::string q;
        for (auto n = random() % 8; n > 0; --n) q += pieces[random() % std::size(pieces)];
        const auto found = s.find(s.lin, q);
        CHECK((found.contains("items") || found["code"] == "nothing_to_find"));
    }
    CHECK(s.find(s.lin, std::string(500, 'a'))["code"] == "nothing_to_find");
    CHECK(s.find(99, "渠道")["code"] == "not_found");
}

TEST_CASE("search: what is found, and where", "[sim][search]") {
    searched s;
    const auto n = s.r.must<task>(s.lin, s.order("渠道周报 Weekly figures"));
    const auto general = s.r.channel(s.lin, "部门大厅");
    s.r.post(s.lin, general, "明天评审接口延期的风险");
    const auto items = s.find(s.wei, "周报")["items"];
    REQUIRE(items.size() == 1);
    CHECK(items[0]["kind"] == "task");
    CHECK(items[0]["id"] == n);
    CHECK(items[0]["title"] == "渠道周报 Weekly figures");
    CHECK(items[0]["excerpt"].get<std::string>().find("周报") != std::string::npos);
    for (const char* q : {"渠", "报", "道周", "week", "FIGURES", "汇总 weekly", "\"weekly figures\"", "口径一致"})
        CHECK(s.count(s.wei, q) == 1);
    for (const char* q : {"周渠", "\"figures weekly\"", "汇总 nothing", "eekly"}) CHECK(s.count(s.wei, q) == 0);
    const auto said = s.find(s.wei, "接口延期")["items"];
    REQUIRE(said.size() == 1);
    CHECK(said[0]["kind"] == "message");
    CHECK(said[0]["title"] == "部门大厅");
    CHECK(said[0]["author"] == s.lin);
    CHECK(s.find(s.wei, "接口延期", search::kind::task)["items"].empty());
    CHECK(s.find(s.wei, "大厅", search::kind::channel)["items"].size() == 1);
    CHECK(s.find(s.emma, "李娜", search::kind::member)["items"].size() == 1);
    // Once, however often it is said of; and with what it says now.
    s.r.must<task>(s.wei, task::start{}, task_no(n));
    s.r.must<task>(s.wei, task::report_progress{40, "渠道数据已取"}, task_no(n));
    CHECK(s.count(s.wei, "渠道") == 1);
    CHECK(s.count(s.wei, "已取") == 1);
    s.r.must<channel>(s.lin, channel::edit{{1}, "改为后天"}, channel_no(general));
    CHECK(s.count(s.wei, "接口延期") == 0);
    CHECK(s.count(s.wei, "后天") == 1);
    s.r.must<channel>(s.lin, channel::delete_message{{1}}, channel_no(general));
    CHECK(s.count(s.wei, "后天") == 0);
    s.r.must<channel>(s.lin, channel::describe{"早先的说明 formerly"}, channel_no(general));
    s.r.must<channel>(s.lin, channel::describe{"如今的说明 nowadays"}, channel_no(general));
    CHECK(s.count(s.wei, "formerly") == 0);
    CHECK(s.count(s.wei, "部门大厅 nowadays") == 1);
    s.r.must<member>(s.root, member::rename{"李娜娜"}, member_no(s.lin));
    CHECK(s.count(s.wei, "娜娜") == 1);
}

TEST_CASE("search: nobody finds, or counts, what they may not see", "[sim][search][D5]") {
    searched s;
    s.r.must<task>(s.lin, s.order("机密渠道"));
    const auto secret = s.r.channel(s.lin, "私密", channel::visibility::members_only);
    s.r.post(s.lin, secret, "机密的数字");
    s.r.must<core::request>(
        s.lin,
        core::request::draft{{"机密需求", "b", "o", "c", std::chrono::year(2026) / 12 / 1, {}, events::priority::normal, {true, "x"}, {}}});
    CHECK(s.count(s.lin, "机密") == 3);
    CHECK(s.count(s.wei, "机密") == 2);   // not the channel
    CHECK(s.count(s.root, "机密") == 2);  // not even AD
    CHECK(s.count(s.emma, "机密") == 0);
    CHECK(s.find(s.emma, "机密")["next"].is_null());
    s.r.must<channel>(s.lin, channel::join{core::member_id{s.wei}}, channel_no(secret));
    CHECK(s.count(s.wei, "机密") == 3);
    s.r.must<channel>(s.lin, channel::leave{core::member_id{s.wei}}, channel_no(secret));
    CHECK(s.count(s.wei, "机密") == 2);
    // Page by page: as many as may be seen, each once.
    for (int i = 0; i < 450; ++i) s.r.post(s.lin, secret, "秘密 " + std::to_string(i));
    const auto open = s.r.channel(s.lin, "公开");
    for (int i = 0; i < 30; ++i) s.r.post(s.lin, open, "秘密 " + std::to_string(i));
    std::set<std::uint64_t> seen;
    std::uint64_t before = INT64_MAX;
    for (int pages = 0; pages < 20 && before != 0; ++pages) {
        const auto page = s.find(s.wei, "秘密", {}, 7, before);
        for (const auto& i : page["items"]) CHECK(seen.insert(i["position"].get<std::uint64_t>()).second);
        before = page["next"].is_null() ? 0 : std::stoull(page["next"].get<std::string>());
    }
    CHECK(seen.size() == 30);
}

TEST_CASE("search: who was erased is not in it any more, nor after a start", "[sim][search][D9]") {
    searched s;
    const auto general = s.r.channel(s.lin, "大厅");
    s.r.must<channel>(s.wei, channel::join{}, channel_no(general));
    s.r.post(s.wei, general, "这是伟的秘密 secretword");
    s.r.post(s.lin, general, "这是娜的消息");
    CHECK(s.count(s.lin, "secretword") == 1);
    CHECK(s.count(s.lin, "wei") == 1);
    s.r.must<member>(s.root, member::leave{"moved"}, member_no(s.wei));
    s.r.must<member>(s.root, member::erase{"asked"}, member_no(s.wei));
    // Even while the index has not heard of it.
    s.r.settle();
    const auto early = search::find(s.r.read, s.texts.in, s.texts.follower.position(), {s.lin}, {"secretword"});
    CHECK(json::parse(std::get<wire::document>(early).body)["items"].empty());
    CHECK(s.count(s.lin, "secretword") == 0);
    CHECK(s.count(s.lin, "wei") == 0);
    CHECK(s.count(s.lin, "这是") == 1);
    CHECK(s.texts.in.find(search::query_of("secretword"), search::kind::none, INT64_MAX, 10).empty());
    search::texts anew(s.log, s.keys);
    anew.follower.catch_up();
    CHECK(anew.in.find(search::query_of("secretword"), search::kind::none, INT64_MAX, 10).empty());
    CHECK(anew.in.find(search::query_of("这是"), search::kind::none, INT64_MAX, 10).size() == 1);
}

TEST_CASE("search: it follows the log by itself while others search", "[sim][search]") {
    searched s;
    s.texts.follower.start();
    const auto general = s.r.channel(s.lin, "大厅");
    std::jthread reading([&](std::stop_token stop) {
        while (!stop.stop_requested()) s.texts.in.find(search::query_of("消息"), search::kind::none, INT64_MAX, 50);
    });
    for (int i = 0; i < 500; ++i) s.r.post(s.lin, general, "消息 " + std::to_string(i));
    s.r.settle();
    for (int i = 0; i < 400 && s.texts.follower.position() < s.log.head(); ++i) std::this_thread::sleep_for(10ms);
    CHECK(s.texts.follower.position() == s.log.head());
    s.texts.follower.stop();
    CHECK(s.texts.in.find(search::query_of("消息"), search::kind::none, INT64_MAX, 1'000).size() == 500);
}

TEST_CASE("search: strategies, analyses and proposals are found by those who may see them", "[sim][search][S3.2.3][S3.2.4][S1.3.5]") {
    searched s;
    const auto na = s.r.join("na", "DA");
    const events::date today{std::chrono::floor<std::chrono::days>(s.r.now.load())};
    const auto day = [&](int n) { return events::date(std::chrono::sys_days(today) + std::chrono::days(n)); };
    s.r.must<core::analysis>(s.lin, core::analysis::plan{{"兑换率", "每周变化", "会员库", "比较", {na}, 5, today, {{s.wei}}, {}}});
    s.r.must<core::analysis>(na, core::analysis::report{{events::analysis::kind::change, {}, day(-7), day(-1), "门槛过高", {{"兑换率", "12.5", "9.8", "%"}}, {}, {}, {}}},
                             events::stream_id{events::category::analysis, 1});
    s.r.must<core::strategy>(s.wei, core::strategy::draft{{"积分策略", {}, {{"兑换率下降", {1}, 1}}, "降低门槛", "满两百可兑换", "回升", day(2), day(2), day(9),
                                                            {{s.emma}}, {}, {}, {}}});
    s.r.must<core::proposal>(s.emma, core::proposal::file{{"自动答复", {}, "人工答复", "整理知识库", "省工时", {}, {}, {}}});
    CHECK(s.find(s.wei, "门槛过高")["items"][0]["kind"] == "analysis");
    CHECK(s.find(s.wei, "满两百", search::kind_of(events::category::strategy))["items"][0]["title"] == "积分策略");
    CHECK(s.find(s.wei, "知识库", search::kind_of(events::category::proposal))["items"].size() == 1);
    CHECK(s.find(s.wei, "知识库", search::kind_of(events::category::analysis))["items"].empty());
    // A draft is for those who make it; finance is not concerned by what operations looks at.
    CHECK(s.count(s.lin, "满两百") == 1);
    CHECK(s.count(s.emma, "满两百") == 0);
    CHECK(s.count(s.emma, "门槛过高") == 0);
    CHECK(search::parse_kind("none") == std::nullopt);
}

TEST_CASE("search: a long history is found by each of its words, and once", "[sim][search]") {
    searched s;
    const auto t = s.r.must<task>(s.lin, s.order("渠道周报 weekly"));
    const events::stream_id which{events::category::task, t};
    s.r.must<task>(s.wei, task::start{}, which);
    const std::string filler(900, 'x');
    for (int i = 0; i < 60; ++i)
        s.r.must<task>(s.wei, task::report_progress{static_cast<std::uint8_t>(i), "note" + std::to_string(i) + " " + filler}, which);
    for (const char* words : {"note0", "note30", "note59", "渠道", "渠道 note3", "weekly note58"}) {
        CAPTURE(words);
        const auto found = s.find(s.lin, words, search::kind::task);
        REQUIRE(found["items"].size() == 1);
        CHECK(found["items"][0]["id"] == t);
    }
    CHECK(s.count(s.lin, "渠道 nothing") == 0);
    // Another task is another hit.
    s.r.must<task>(s.lin, s.order("渠道日报 daily"));
    CHECK(s.count(s.lin, "渠道") == 2);
}

}  // namespace sim::search_tests
