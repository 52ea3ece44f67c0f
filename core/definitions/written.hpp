#pragma once
// Every flow and form of the program, as tables that can be read without its types: for the pages that explain them, for
// the state diagrams, and to check a change of a definition against.

#include "core/kernel/flow.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace core::written {

struct written_row {
    std::string_view command;
    std::string_view clause;
    flow::statuses in;
    flow::relations may;
    flow::relations never;
    std::optional<unsigned> next;  ///< index of a status
    bool awaited;
    std::string_view guard;        ///< empty: none
    flow::step is;
    bool decides;                  ///< or takes effect
    flow::relations turn;          ///< of those who may, whose turn it is
    flow::relations overseers;     ///< who may as well, out of turn (D16)
};

struct written_flow {
    std::string_view name;
    std::vector<std::string_view> statuses;   ///< the first is before there is anything
    std::vector<std::string_view> relations;  ///< by bit
    std::vector<written_row> rows;
    std::vector<std::uint16_t> limits;        ///< by status, in working days; 0: none
    bool keeps_version;                       ///< what has begun goes by the version that it began with; else no change of a row would ever hold
    bool judges;                              ///< people: a change of it is confirmed (D12)
    flow::relations parts;                    ///< that bar somebody from a row
    flow::relations personal;                 ///< that one person has, rather than who holds a role
};

const std::vector<written_flow>& flows();
/// Null where there is no such flow.
const written_flow* find_flow(std::string_view name);

struct written_form {
    std::string_view name;  ///< "F1"
    std::string_view zh;
    std::string_view en;
};
const std::vector<written_form>& forms();
bool is_form(std::string_view name);

}  // namespace core::written
