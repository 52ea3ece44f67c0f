#pragma once
// One answer, in the form that was asked for with -o.

#include "clients/cli/context.hpp"
#include "clients/cli/table.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace cli {

struct shown_column {
    text head;
    const char* key;  ///< of the raw value in csv
    std::function<cell(const json& row)> show;
    bool right = false;
    bool shrinks = true;
};

/// A list. json: one array; ndjson: a row a line; csv: raw values under their keys.
std::string shown_list(const context& with, const json& rows, const std::vector<shown_column>& columns);

struct shown_fact {
    text label;
    cell value;
};

/// One thing. What has no value is left out of the table. csv: its plain fields.
std::string shown_thing(const context& with, const json& thing, const std::vector<shown_fact>& facts);

/// What a command did: "done: task/17 is at version 4 (log position 81)".
std::string shown_ack(const context& with, const json& ack);

/// A value as csv has it: text as it is, lists with ";" between.
std::string raw(const json& value);

}  // namespace cli
