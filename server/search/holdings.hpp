#pragma once
// What of whom is in the index, and where: beside the texts themselves, so that what the next event changes is known after a
// start as it was before.
//
// An entity's forms and its first words stand together in one text, its head, until that has some size; a form is replaced as it is
// said again. Whatever else is said of it later is a text of its own, with the title before it: so an event costs its own words,
// however much was said before. A message is a text.
//
// There are bounds on what is held: of one entity, of what one person said in channels, and of all. Beyond one of them the oldest
// go, and can't be found by their words any more. One thread at a time.

#include "events/catalog/envelope.hpp"
#include "events/catalog/stream.hpp"
#include "events/catalog/value.hpp"
#include "server/search/database.hpp"
#include "server/search/place.hpp"

#include <unordered_map>
#include <vector>

namespace server::search {

/// In bytes of text.
struct bounds {
    std::uint64_t entity = 16u << 20;
    std::uint64_t person = 32u << 20;
    std::uint64_t all = std::uint64_t{2} << 30;
};

class holdings {
public:
    holdings(database& in, const bounds& most);

    /// Under a number that is not in use; the higher ones are found first.
    void put(std::uint64_t at, const place& of, std::string_view text);
    void remove(std::uint64_t at);

    /// `section`: the form that it is, of which the newest counts; empty: it stands beside what was said before.
    void say(const events::envelope& about, kind of, const std::string& section, std::string text);
    /// Nothing is held of it, whatever is said.
    void hide(events::stream_id which);
    void message(const events::envelope& about, std::uint64_t number, const events::personal& text);
    void unsay(events::stream_id channel, std::uint64_t number);
    /// A member's name and, where it is said, login, a line each.
    void name(const events::envelope& about, const std::string& lines);
    /// All that is of them. False where there was nothing.
    bool forget(events::member_id who);

    /// Something of theirs could not be opened, as their key was lost; of nobody: an event could not be read.
    void could_not_read(events::member_id whose);
    std::vector<events::member_id> could_not_be_read();

    /// Before the pages are kept.
    void save_totals();
    std::uint64_t bytes() const;
    /// Texts that went since it was opened, as a bound was reached.
    std::uint64_t let_go() const { return let_go_; }

private:
    struct piece {
        std::string section;
        std::size_t bytes;
    };
    struct entity {
        bool known = false, hidden = false;
        std::string title;
        std::uint64_t head = 0;  ///< where it is; 0: it has none
        std::vector<piece> pieces;
        std::uint64_t bytes = 0;  ///< of all its texts
    };
    entity find(std::uint64_t id);
    void save(std::uint64_t id, const entity& e);
    void say_in_head(entity& e, const place& of, std::uint64_t at, const std::string& section, const std::string& text);
    void say_later(entity& e, std::uint64_t id, const place& of, std::uint64_t at, const std::string& section, const std::string& text);
    void let_go_of(entity& e, std::uint64_t id);
    void let_go_of_person(std::uint64_t owner);
    void let_go_of_oldest();
    std::string text_at(std::uint64_t at);
    void count(std::uint64_t owner, std::uint64_t more, std::uint64_t less);

    database& in_;
    bounds most_;
    std::unordered_map<std::uint64_t, std::uint64_t> totals_;  ///< by who said it; 0: of all
    std::uint64_t let_go_ = 0;
    std::uint64_t oldest_ = 0;  ///< nothing that may go is before it
    statement put_, remove_, text_, find_, save_, add_later_, drop_later_, later_of_form_, oldest_later_, add_message_, message_, drop_message_,
        messages_of_, drop_entity_, next_;
};

}  // namespace server::search
