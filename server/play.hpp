#pragma once
// `opsroomd demo`: the demo year, played into a folder that opsroomd then serves.

#include "server/ops/command_line.hpp"
#include "server/ops/config.hpp"

namespace server {

/// Into `config.data`, which has to be empty or not there: it is played beside it and moved there once it is whole, so a
/// run that was cut off leaves nothing that could be taken for a year. Says how far it is on standard error. Returns the
/// process's exit code; throws std::runtime_error where it can't be done.
int play_year(const ops::config& config, const ops::played_year& which);

}  // namespace server
