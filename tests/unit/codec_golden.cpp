// A sample of every event type and version there ever was, as it was stored when the type was new: it is read
// for ever. tests/golden/TYPE.json holds two lines: the stored form, and what readers are shown. A type that
// has a newer version gets a third: what it is taken for now, as readers would be shown that.
//
// A new type: opsroom_unit '[.golden]' writes the samples that are missing. One that is there is never
// touched: a stored shape does not change.

#include "tests/support/tests_folder.hpp"
#include "events/codec/codec.hpp"
#include "events/codec/upcast.hpp"
#include "events/keys/cipher.hpp"
#include "tests/support/random_event.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

namespace codec_golden_tests {

using namespace events;
namespace fs = std::filesystem;

namespace {

const fs::path golden = support::tests_folder() / "golden";

/// Everyone has a key, known from their number: samples have to open on every machine.
class known_keys final : public keyring {
public:
    void create(member_id) override {}
    bool has(member_id) const override { return true; }
    bool destroy(member_id) override { return false; }
    std::optional<std::string> seal(member_id who, std::string_view text, std::string_view bound_to) const override {
        return seal_with(key_of(who), text, bound_to);
    }
    std::optional<std::string> open(member_id who, std::string_view sealed, std::string_view bound_to) const override {
        return open_with(key_of(who), sealed, bound_to);
    }
    std::uint64_t mac(member_id, const uuid&, std::uint64_t digest) const override { return digest; }

private:
    static secret_key key_of(member_id who) {
        secret_key key;
        key.fill(static_cast<std::uint8_t>(who.value));
        return key;
    }
};

/// What a field of this name might hold.
std::string likely(std::string_view field) {
    static const std::map<std::string_view, std::string> words{
        {"title", "整理渠道周数据 · weekly channel data"},
        {"content", "汇总四个渠道的数据\nand mark what is unusual"},
        {"standard", "数据与平台一致 / figures equal the platform's"},
        {"name", "陈伟"},
        {"login", "chen.wei"},
        {"external", "slack:U02AB"},
        {"description", "运营部日常沟通"},
        {"text", "周报已发，请查看 \"附件\" 👍"},
        {"topic", "周报"},
        {"source", "slack"},
        {"emoji", "👍"},
        {"reason", "等待财务部确认预算"},
        {"note", "已完成一半"},
        {"result", "报告已提交"},
        {"comment", "符合标准"},
        {"department", "operations"},
        {"roles", "OM"},
        {"checklist", "核对口径"},
    };
    const auto found = words.find(field);
    return found == words.end() ? std::string(field) + " · 示例" : found->second;
}

template <class T>
void fill(T& value, std::string_view field) {
    if constexpr (std::is_same_v<T, bool>) value = true;
    else if constexpr (std::is_unsigned_v<T>) value = 40;
    else if constexpr (std::is_same_v<T, member_id>) value = {3};
    else if constexpr (std::is_same_v<T, stream_id>) value = {category::task, 17};
    else if constexpr (codec::is_id<T>::value) value = {17};
    else if constexpr (std::is_same_v<T, std::string>) value = likely(field);
    else if constexpr (codec::code_string<T>) value = {likely(field)};
    else if constexpr (std::is_same_v<T, personal>) value = {member_id{3}, likely(field), personal::form::clear};
    else if constexpr (std::is_same_v<T, words>) value = words(likely(field));
    else if constexpr (std::is_same_v<T, instant>) value = instant(std::chrono::microseconds(1'795'420'800'123'456));
    else if constexpr (std::is_same_v<T, date>) value = date(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(30));
    else if constexpr (codec::is_optional<T>::value) fill(value.emplace(), field);
    else if constexpr (codec::is_vector<T>::value) { fill(value.emplace_back(), field); fill(value.emplace_back(), field); }
    else if constexpr (codec::described_enum<T>) value = boost::mp11::mp_back<boost::describe::describe_enumerators<T>>::value;
    else boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) { fill(value.*d.pointer, d.name); });
}

template <class Event>
encoded sample() {
    Event event{};
    fill(event, "");
    envelope at;
    at.position = {812};
    at.stream = {*category_of(Event::type.substr(0, Event::type.find('.'))), 5};
    at.version = {4};
    at.time = instant(std::chrono::microseconds(1'795'420'800'000'001));
    at.actor = {3};
    at.causation = *parse_uuid("019ab3f2-7c00-7000-8000-0123456789ab");
    at.correlation = *parse_uuid("019ab3f2-7bff-7000-8000-0123456789ab");
    at.digest = 0x0123456789abcdef;
    return encode(at, support::newest(event), known_keys());
}

fs::path file_of(std::string_view type) { return golden / (std::string(type) + ".json"); }

}  // namespace

TEST_CASE("golden: every event type has its sample", "[events][codec]") {
    support::for_each_event_type([&](auto tag) {
        constexpr auto type = decltype(tag)::type::type;
        INFO(type << " is new: write its sample with opsroom_unit '[.golden]', and keep it for ever");
        CHECK(fs::exists(file_of(type)));
    });
}

TEST_CASE("golden: every sample is read as it was meant", "[events][codec]") {
    decoder read;
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (entry.path().extension() != ".json") continue;
        INFO(entry.path().filename().string());
        std::ifstream in(entry.path());
        std::string stored, shown, now;
        REQUIRE((std::getline(in, stored) && std::getline(in, shown)));
        std::getline(in, now);  // of an older version: as it reads today
        // Samples of before digests were nobody's but the log's show them still.
        for (auto* line : {&shown, &now})
            if (const auto at = line->find(R"(,"digest":")"); at != line->npos) line->erase(at, std::string_view(R"(,"digest":"0123456789abcdef")").size());
        CHECK(show(stored, known_keys()) == shown);

        auto event = read.decode(stored);
        REQUIRE(event.has_value());
        const bool current = type_of(event->event) == entry.path().stem().string();
        if (current) CHECK(encode(event->envelope, event->event, known_keys()).stored == stored);
        open_personal(*event, known_keys());
        CHECK(encode(event->envelope, event->event, known_keys()).shown() == (current ? shown : now));
        ++count;
    }
    CHECK(count > 0);
}

TEST_CASE("golden: write the samples that are missing", "[.golden]") {
    fs::create_directories(golden);
    support::for_each_event_type([&](auto tag) {
        using event = typename decltype(tag)::type;
        if (fs::exists(file_of(event::type))) return;
        const auto bytes = sample<event>();
        std::ofstream(file_of(event::type)) << bytes.stored << '\n' << bytes.shown() << '\n';
        WARN("wrote " << file_of(event::type).filename().string());
    });
}

}  // namespace codec_golden_tests
