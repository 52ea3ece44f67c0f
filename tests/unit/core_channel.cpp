#include "core/channel/channel.hpp"
#include "tests/support/given.hpp"

using namespace opsroom_test;
using core::channel;
using no = core::channel::rejection;
using events::personal;
namespace happened = events::channel;
using enum happened::visibility;

namespace {

const happened::created for_all{"general", "", everyone};
const happened::created for_some{"appraisals", "", members_only};

happened::joined in(const core::person& who) { return {who.id}; }
happened::posted posted(std::uint64_t n, const core::person& by, const std::string& topic = {}) {
    return {{n}, personal{by.id, "hello"}, topic};
}
constexpr events::message_no first{1};
constexpr events::message_no second{2};

// A channel for everyone: wei keeps it, na and lin are in it; wei has said one thing.
const auto room = [](auto... more) { return given<channel>(for_all, in(wei), in(na), in(lin), posted(1, wei), more...); };
const auto closed = [] { return room(happened::archived{}); };
const auto secret = [](auto... more) { return given<channel>(for_some, in(wei), in(na), posted(1, wei), more...); };

}  // namespace

TEST_CASE("channel: any active member creates one and is the first in it", "[core][channel][S5.1.3]") {
    const auto none = given<channel>();
    const channel::create asked{"general", "talk", everyone};
    CHECK(none.when(asked, as(requester)) == std::vector<channel::event>{happened::created{"general", "talk", everyone}, in(requester)});
    CHECK(none.when(asked, as_system()) == happened::created{"general", "talk", everyone});
    CHECK(none.when(asked, as(gone)) == no::inactive);
    CHECK(none.when(channel::create{"", {}, everyone}, as(wei)) == bad_field{"name"});
    CHECK(none.when(channel::create{std::string(81, 'x'), {}, everyone}, as(wei)) == bad_field{"name"});
    CHECK(none.when(channel::create{"a\nb", {}, everyone}, as(wei)) == bad_field{"name"});
    CHECK(none.when(channel::create{"#general", {}, everyone}, as(wei)) == no::bad_name);
    CHECK(none.when(channel::create{"#general", {}, everyone}, as_system()).passed());
    CHECK(none.when(channel::create{"x", std::string(4'097, 'x'), everyone}, as(wei)) == bad_field{"description"});
    CHECK(room().when(asked, as(wei)) == no::already_exists);
    CHECK(none.when(channel::post{"hello", {}}, as(wei)) == no::not_found);
}

TEST_CASE("channel: its creator, a manager or an administrator describes and archives it", "[core][channel][S5.1.3]") {
    CHECK(room().when(channel::describe{"talk"}, as(wei)) == happened::described{"talk"});
    CHECK(room().when(channel::describe{"talk"}, as(lin)) == happened::described{"talk"});
    CHECK(room().when(channel::describe{"talk"}, as(tech_manager)) == no::not_keeper);  // of another department (D16)
    CHECK(room().when(channel::describe{"talk"}, as(ada)) == happened::described{"talk"});
    CHECK(room().when(channel::describe{"talk"}, as(na)) == no::not_keeper);
    CHECK(room().when(channel::describe{""}, as(wei)) == nothing<channel>());
    CHECK(room().when(channel::describe{std::string(4'097, 'x')}, as(wei)) == bad_field{"description"});
    CHECK(room().when(channel::archive{}, as(wei)) == happened::archived{});
    CHECK(room().when(channel::archive{}, as(lin)) == happened::archived{});
    CHECK(room().when(channel::archive{}, as(ada)) == happened::archived{});
    CHECK(room().when(channel::archive{}, as(na)) == no::not_keeper);
    CHECK(closed().when(channel::archive{}, as(wei)) == nothing<channel>());
    CHECK(given<channel>(for_all, in(na), in(wei)).when(channel::archive{}, as(na)).passed());  // the system made it: who came first keeps it
}

TEST_CASE("channel: nothing goes on in an archived one", "[core][channel][S5.1.3]") {
    const std::vector<channel::command> all{
        channel::describe{"x"}, channel::join{}, channel::leave{}, channel::post{"x", {}}, channel::edit{first, "x"},
        channel::delete_message{first}, channel::set_topic{first, "x"}, channel::react{first, "👍"}, channel::unreact{first, "👍"},
        channel::pin{first}, channel::unpin{first}, channel::read{first},
        channel::import_messages{"irc", {{now, wei.id, "x", {}}}}};
    auto admin_inside = ada;
    const auto shut = given<channel>(for_all, in(admin_inside), posted(1, admin_inside), happened::archived{});
    for (const auto& c : all) {
        INFO(c.index());
        CHECK(shut.when(c, as(admin_inside)) == no::archived);
        CHECK(shut.when(c, as_system()) == no::archived);
    }
}

TEST_CASE("channel: one for everyone is joined freely, and people in it add others", "[core][channel][S1.3.4]") {
    CHECK(room().when(channel::join{}, as(requester)) == in(requester));
    CHECK(room().when(channel::join{mei.id}, as(na)) == in(mei));
    CHECK(room().when(channel::join{mei.id}, as(requester)) == no::not_in_channel);
    CHECK(room().when(channel::join{}, as(na)) == nothing<channel>());
    CHECK(room().when(channel::join{wei.id}, as(na)) == nothing<channel>());
    CHECK(room().when(channel::join{gone.id}, as(na)) == bad_field{"member"});
    CHECK(room().when(channel::join{nobody_ever.id}, as(na)) == bad_field{"member"});
    CHECK(room().when(channel::join{mei.id}, as_system()) == in(mei));
    CHECK(room().when(channel::join{}, as_system()) == no::needs_a_person);
    CHECK(room().when(channel::join{}, as(gone)) == no::inactive);
}

TEST_CASE("channel: one for members only is not known to others", "[core][channel][S1.3.4][D5]") {
    const std::vector<channel::command> all{
        channel::describe{"x"}, channel::archive{}, channel::join{}, channel::join{mei.id}, channel::leave{}, channel::post{"x", {}},
        channel::edit{first, "x"}, channel::delete_message{first}, channel::set_topic{first, "x"}, channel::react{first, "👍"},
        channel::unreact{first, "👍"}, channel::pin{first}, channel::unpin{first}, channel::read{first},
        channel::import_messages{"irc", {{now, wei.id, "x", {}}}}};
    for (const auto& c : all)
        for (const auto* outsider : {&lin, &zhou, &ada, &requester}) {
            INFO(c.index() << " by " << outsider->id.value);
            CHECK(secret().when(c, as(*outsider)) == no::not_found);
        }
    CHECK(secret().when(channel::join{mei.id}, as(na)) == in(mei));
    CHECK(secret().when(channel::join{mei.id}, as_system()) == in(mei));
    CHECK(secret().when(channel::join{}, as(aud)) == no::not_in_channel);  // looks on, but doesn't let themselves in
    CHECK(secret().when(channel::post{"x", {}}, as(aud)) == no::not_in_channel);
    CHECK(secret(happened::left{na.id}).when(channel::post{"x", {}}, as(na)) == no::not_found);
}

TEST_CASE("channel: whoever has been in it longest keeps it once its keeper is gone", "[core][channel][S5.1.3][S1.3.4]") {
    // wei keeps it; na came next although lin's number is lower.
    const auto describes = [](const situation<channel>& at, const core::person& who, const core::roster& people = roster) {
        auto by = as(who);
        by.people = &people;
        return at.when(channel::describe{"talk"}, by).passed();
    };
    const auto of_three = given<channel>(for_some, in(wei), in(na), in(requester));
    CHECK(describes(of_three, wei));
    CHECK_FALSE(describes(of_three, na));
    const auto left_it = of_three.after(channel::leave{}, as(wei));
    CHECK(describes(left_it, na));
    CHECK_FALSE(describes(left_it, requester));
    // Whoever comes back is the newest; who was let in later does not become the keeper by it.
    CHECK(describes(left_it.after(channel::join{wei.id}, as(na)), na));
    CHECK_FALSE(describes(left_it.after(channel::join{wei.id}, as(na)), wei));
    // A keeper who has left the company keeps nothing.
    auto former = wei;
    former.active = false;
    const auto without = roster.with(former);
    CHECK(describes(of_three, na, without));
    CHECK(left_it.when(channel::leave{requester.id}, as(na)) == happened::left{requester.id});
}

TEST_CASE("channel: with the last of them a private one is archived, so that none is out of everybody's reach", "[core][channel][S5.1.3]") {
    const auto two = given<channel>(for_some, in(wei), in(na));
    CHECK(two.when(channel::leave{}, as(wei)) == happened::left{wei.id});
    const auto one = two.after(channel::leave{}, as(wei));
    CHECK(one.when(channel::leave{}, as(na)) == std::vector<channel::event>{happened::left{na.id}, happened::archived{}});
    // Somebody who has left the company is nobody who could let others in.
    const auto with_gone = given<channel>(for_some, in(gone), in(na));
    CHECK(with_gone.when(channel::leave{}, as(na)) == std::vector<channel::event>{happened::left{na.id}, happened::archived{}});
    CHECK(given<channel>(for_all, in(na)).when(channel::leave{}, as(na)) == happened::left{na.id});
}

TEST_CASE("channel: its keeper or an administrator appoints the keeper, among those in it", "[core][channel][S5.1.3][D11]") {
    const auto at = given<channel>(for_some, in(wei), in(na), in(requester));
    CHECK(at.when(channel::appoint_keeper{na.id}, as(wei)) == happened::keeper_appointed{na.id});
    CHECK(at.when(channel::appoint_keeper{na.id}, as(ada)) == happened::keeper_appointed{na.id});  // who can't look into it
    CHECK(at.when(channel::appoint_keeper{na.id}, as(requester)) == no::not_appointing);
    CHECK(at.when(channel::appoint_keeper{na.id}, as(zhou)) == no::not_found);
    CHECK(at.when(channel::appoint_keeper{ada.id}, as(ada)) == no::not_inside);
    CHECK(at.when(channel::appoint_keeper{wei.id}, as(ada)) == nothing<channel>());
    const auto hers = at.after(channel::appoint_keeper{requester.id}, as(ada));
    CHECK(hers.when(channel::describe{"talk"}, as(requester)).passed());
    CHECK(hers.when(channel::describe{"talk"}, as(wei)) == no::not_keeper);
    for (const channel::command& c : {channel::command(channel::describe{"x"}), channel::command(channel::archive{}), channel::command(channel::leave{na.id})})
        CHECK(at.when(c, as(ada)) == no::not_found);
}

TEST_CASE("channel: one leaves by oneself; its creator or an administrator removes others", "[core][channel][S1.3.4]") {
    CHECK(room().when(channel::leave{}, as(na)) == happened::left{na.id});
    CHECK(room().when(channel::leave{na.id}, as(wei)) == happened::left{na.id});
    CHECK(room().when(channel::leave{na.id}, as(ada)) == happened::left{na.id});
    CHECK(room().when(channel::leave{wei.id}, as(na)) == no::may_not_remove);
    CHECK(room().when(channel::leave{wei.id}, as(lin)) == no::may_not_remove);
    CHECK(room().when(channel::leave{}, as(requester)) == nothing<channel>());
    CHECK(room().when(channel::leave{na.id}, as_system()) == happened::left{na.id});
    CHECK(room().when(channel::leave{}, as_system()) == no::needs_a_person);
}

TEST_CASE("channel: people in it talk", "[core][channel][S5.1.2]") {
    CHECK(room().when(channel::post{"hi", {}}, as(na)) == happened::posted{second, personal{na.id, "hi"}, ""});
    CHECK(room().when(channel::post{"hi", "plan"}, as(na)) == happened::posted{second, personal{na.id, "hi"}, "plan"});
    CHECK(room().when(channel::post{"hi", {}}, as(requester)) == no::not_in_channel);
    CHECK(room().when(channel::post{"hi", {}}, as_system()) == no::needs_a_person);
    CHECK(room().when(channel::post{"", {}}, as(na)) == bad_field{"text"});
    CHECK(room().when(channel::post{" \n", {}}, as(na)) == bad_field{"text"});
    CHECK(room().when(channel::post{std::string(16'385, 'x'), {}}, as(na)) == bad_field{"text"});
    CHECK(room().when(channel::post{std::string(16'384, 'x'), {}}, as(na)).passed());
    CHECK(room().when(channel::post{"two\nlines", {}}, as(na)).passed());
    CHECK(room().when(channel::post{"hi", std::string(61, 'x')}, as(na)) == bad_field{"topic"});
    CHECK(room().when(channel::post{"hi", "a\nb"}, as(na)) == bad_field{"topic"});
}

TEST_CASE("channel: an author edits and deletes; a manager or administrator deletes", "[core][channel][S5.1.2]") {
    CHECK(room().when(channel::edit{first, "better"}, as(wei)) == happened::edited{first, personal{wei.id, "better"}});
    CHECK(room().when(channel::edit{first, "better"}, as(lin)) == no::not_author);
    CHECK(room().when(channel::edit{first, "better"}, as(ada)) == no::not_author);
    CHECK(room().when(channel::edit{first, "better"}, as_system()) == no::needs_a_person);
    CHECK(room().when(channel::edit{first, ""}, as(wei)) == bad_field{"text"});
    CHECK(room().when(channel::edit{second, "x"}, as(wei)) == no::no_such_message);
    CHECK(room().when(channel::edit{{0}, "x"}, as(wei)) == no::no_such_message);
    CHECK(room().when(channel::delete_message{first}, as(wei)) == happened::deleted{first});
    CHECK(room().when(channel::delete_message{first}, as(lin)) == happened::deleted{first});
    CHECK(room().when(channel::delete_message{first}, as(ada)) == happened::deleted{first});
    CHECK(room().when(channel::delete_message{first}, as(na)) == no::not_author);
    CHECK(room().when(channel::delete_message{second}, as(wei)) == no::no_such_message);
    const auto deleted = room(happened::deleted{first});
    CHECK(deleted.when(channel::delete_message{first}, as(wei)) == nothing<channel>());
    CHECK(deleted.when(channel::edit{first, "x"}, as(wei)) == no::message_deleted);
    CHECK(deleted.when(channel::react{first, "👍"}, as(na)) == no::message_deleted);
    CHECK(deleted.when(channel::pin{first}, as(na)) == no::message_deleted);
    CHECK(deleted.when(channel::set_topic{first, "x"}, as(wei)) == no::message_deleted);
}

TEST_CASE("channel: an author, a manager or an administrator moves a message to a topic", "[core][channel][S5.1.2]") {
    CHECK(room().when(channel::set_topic{first, "plan"}, as(wei)) == happened::topic_set{first, "plan"});
    CHECK(room().when(channel::set_topic{first, "plan"}, as(lin)) == happened::topic_set{first, "plan"});
    CHECK(room().when(channel::set_topic{first, "plan"}, as(ada)) == happened::topic_set{first, "plan"});
    CHECK(room().when(channel::set_topic{first, "plan"}, as(na)) == no::may_not_move);
    CHECK(room().when(channel::set_topic{first, ""}, as(wei)) == nothing<channel>());
    CHECK(room().when(channel::set_topic{first, std::string(61, 'x')}, as(wei)) == bad_field{"topic"});
    CHECK(room().when(channel::set_topic{second, "plan"}, as(wei)) == no::no_such_message);
    const auto moved = room(happened::topic_set{first, "plan"});
    CHECK(moved.when(channel::set_topic{first, "plan"}, as(wei)) == nothing<channel>());
    CHECK(moved.when(channel::set_topic{first, ""}, as(wei)) == happened::topic_set{first, ""});
}

TEST_CASE("channel: people in it react, and take it back", "[core][channel][S5.1.2]") {
    const happened::reacted reacted{first, na.id, "👍"};
    CHECK(room().when(channel::react{first, "👍"}, as(na)) == reacted);
    CHECK(room().when(channel::react{first, "👍"}, as(requester)) == no::not_in_channel);
    CHECK(room().when(channel::react{first, ""}, as(na)) == bad_field{"emoji"});
    CHECK(room().when(channel::react{first, "a b"}, as(na)) == no::bad_emoji);
    CHECK(room().when(channel::react{first, "ok"}, as(na)) == no::bad_emoji);
    CHECK(room().when(channel::react{first, "👍👍"}, as(na)) == no::bad_emoji);
    // One from before they had to be emoji can still be taken back.
    CHECK(room(happened::reacted{first, na.id, "ok"}).when(channel::unreact{first, "ok"}, as(na)) == happened::reaction_removed{first, na.id, "ok"});
    CHECK(room().when(channel::unreact{first, "ok"}, as(na)) == no::bad_emoji);
    CHECK(room().when(channel::react{first, std::string(65, 'x')}, as(na)) == no::bad_emoji);
    CHECK(room().when(channel::react{second, "👍"}, as(na)) == no::no_such_message);
    CHECK(room().when(channel::react{first, "👍"}, as_system()) == no::needs_a_person);
    CHECK(room().when(channel::unreact{first, "👍"}, as(na)) == nothing<channel>());
    CHECK(room().when(channel::unreact{first, "👍"}, as_system()) == no::needs_a_person);
    CHECK(room().when(channel::unreact{second, "👍"}, as(na)) == no::no_such_message);
    const auto liked = room(reacted);
    CHECK(liked.when(channel::react{first, "👍"}, as(na)) == nothing<channel>());
    CHECK(liked.when(channel::react{first, "🎉"}, as(na)).passed());
    CHECK(liked.when(channel::react{first, "👍"}, as(wei)).passed());
    CHECK(liked.when(channel::unreact{first, "👍"}, as(na)) == happened::reaction_removed{first, na.id, "👍"});
    CHECK(liked.when(channel::unreact{first, "👍"}, as(wei)) == nothing<channel>());
    CHECK(room(reacted, happened::reaction_removed{first, na.id, "👍"}).when(channel::react{first, "👍"}, as(na)) == reacted);
}

TEST_CASE("channel: people in it pin and unpin", "[core][channel][S5.1.2]") {
    CHECK(room().when(channel::pin{first}, as(na)) == happened::pinned{first});
    CHECK(room().when(channel::pin{first}, as(requester)) == no::not_in_channel);
    CHECK(room().when(channel::pin{second}, as(na)) == no::no_such_message);
    CHECK(room().when(channel::unpin{first}, as(na)) == nothing<channel>());
    CHECK(room().when(channel::unpin{second}, as(na)) == no::no_such_message);
    const auto pinned = room(happened::pinned{first});
    CHECK(pinned.when(channel::pin{first}, as(na)) == nothing<channel>());
    CHECK(pinned.when(channel::unpin{first}, as(na)) == happened::unpinned{first});
    CHECK(room(happened::pinned{first}, happened::deleted{first}).when(channel::unpin{first}, as(na)) == nothing<channel>());
}

TEST_CASE("channel: a read marker moves forward only", "[core][channel][S5.3.2]") {
    const auto two = room(posted(2, lin));
    CHECK(two.when(channel::read{second}, as(na)) == happened::read{second, na.id});
    CHECK(two.when(channel::read{{3}}, as(na)) == no::no_such_message);
    CHECK(two.when(channel::read{second}, as(requester)) == no::not_in_channel);
    CHECK(two.when(channel::read{second}, as_system()) == no::needs_a_person);
    const auto has_read = room(posted(2, lin), happened::read{second, na.id});
    CHECK(has_read.when(channel::read{second}, as(na)) == nothing<channel>());
    CHECK(has_read.when(channel::read{first}, as(na)) == nothing<channel>());
    CHECK(two.when(channel::read{second}, as(lin)) == nothing<channel>());  // wrote it
    CHECK(room(in(mei)).when(channel::read{first}, as(mei)) == nothing<channel>());  // was said before mei came
}

TEST_CASE("channel: an administrator imports what was said elsewhere", "[core][channel][S5.1.3]") {
    const core::instant then = now - 1h;
    const auto import = [&](std::vector<channel::said> messages, std::string source = "irc") {
        return channel::import_messages{std::move(source), std::move(messages)};
    };
    CHECK(room().when(import({{then, gone.id, "old", {}}, {then, wei.id, "older", "plan"}}), as(ada)) ==
          std::vector<channel::event>{happened::imported{second, gone.id, then, personal{gone.id, "old"}, "", "irc"},
                                      happened::imported{{3}, wei.id, then, personal{wei.id, "older"}, "plan", "irc"}});
    CHECK(room().when(import({{then, wei.id, "old", {}}}), as_system()).passed());
    CHECK(room().when(import({{then, wei.id, "old", {}}}), as(wei)) == no::not_importer);
    CHECK(room().when(import({{then, wei.id, "old", {}}}), as(lin)) == no::not_importer);
    CHECK(room().when(import({}), as(ada)) == bad_field{"messages"});
    CHECK(room().when(import(std::vector<channel::said>(501, {then, wei.id, "x", {}})), as(ada)) == bad_field{"messages"});
    CHECK(room().when(import(std::vector<channel::said>(500, {then, wei.id, "x", {}})), as(ada)).happened().size() == 500);
    CHECK(room().when(import({{then, wei.id, "x", {}}}, ""), as(ada)) == bad_field{"source"});
    CHECK(room().when(import({{then, wei.id, "x", {}}}, std::string(129, 'x')), as(ada)) == bad_field{"source"});
    CHECK(room().when(import({{then, nobody_ever.id, "x", {}}}), as(ada)) == no::no_such_author);
    CHECK(room().when(import({{then, forgotten.id, "x", {}}}), as(ada)) == no::author_erased);
    CHECK(room().when(import({{now + 1s, wei.id, "x", {}}}), as(ada)) == no::bad_time);
    CHECK(room().when(import({{then, wei.id, "", {}}}), as(ada)) == bad_field{"messages/0/text"});
    CHECK(room().when(import({{then, wei.id, "x", std::string(61, 'x')}}), as(ada)) == bad_field{"messages/0/topic"});
}

TEST_CASE("channel: what was said otherwise elsewhere since is said otherwise here, and nothing else", "[core][channel][S5.1.3]") {
    const core::instant then = now - 1h;
    const happened::imported before{second, wei.id, then, personal{wei.id, "as it was"}, "", "slack"};
    const auto changed = [&](events::message_no which, const core::person& author) {
        return channel::import_messages{"slack", {{then, author.id, "as it is", {}, which}, {then, wei.id, "and new", {}, {}}}};
    };
    CHECK(room(before).when(changed(second, wei), as(ada)) ==
          std::vector<channel::event>{happened::edited{second, personal{wei.id, "as it is"}},
                                      happened::imported{{3}, wei.id, then, personal{wei.id, "and new"}, "", "slack"}});
    // What somebody wrote here, or another wrote there, is not the importer's to change.
    CHECK(room(before).when(changed(first, wei), as(ada)) == no::no_such_message);
    CHECK(room(before).when(changed(second, na), as(ada)) == no::no_such_message);
    CHECK(room(before).when(changed({9}, wei), as(ada)) == no::no_such_message);
    CHECK(room(before).when(changed(second, wei), as(wei)) == no::not_importer);
    CHECK(room(before, happened::deleted{second}).when(changed(second, wei), as(ada)) == no::message_deleted);
}

TEST_CASE("channel: its topics are limited", "[core][channel][S5.1.2]") {
    channel::state crowded;
    for (const channel::event& e : {channel::event(for_all), channel::event(in(wei)), channel::event(posted(1, wei))})
        channel::evolve(crowded, e);
    for (std::uint32_t i = 0; i < core::topics_max; ++i) crowded.messages.topics.intern("topic " + std::to_string(i));
    const situation<channel> full(crowded);
    CHECK(full.when(channel::post{"x", "one more"}, as(wei)) == no::too_many_topics);
    CHECK(full.when(channel::post{"x", "topic 7"}, as(wei)).passed());
    CHECK(full.when(channel::post{"x", {}}, as(wei)).passed());
}
