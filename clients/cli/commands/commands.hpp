#pragma once
// Every group of commands adds itself to the tree.

#include "clients/cli/tree.hpp"

#include <functional>
#include <map>
#include <string_view>

namespace cli {

using nouns = std::map<std::string, CLI::App*>;

void add_account_commands(tree& t);
void add_session_commands(tree& t);
void add_token_commands(tree& t);
void add_write_commands(tree& t, const nouns& n);
void add_member_views(tree& t, CLI::App* noun);
/// On standard error: how many changes that the reader has proposed, of `member` or (0) of anyone, wait for a second person.
void say_what_waits(context& about, std::uint64_t member);
void add_channel_views(tree& t, CLI::App* noun);
void add_task_views(tree& t, CLI::App* noun);
CLI::App* add_inbox(tree& t);
void add_flow_views(tree& t, const nouns& n);
void add_feed_commands(tree& t);
void add_log_commands(tree& t);
void add_proof_commands(tree& t, CLI::App* noun);
void add_import_commands(tree& t);
void add_bulk_commands(tree& t, const nouns& n);
void add_package_commands(tree& t, const nouns& n);
void add_search(tree& t);
void add_api_command(tree& t);
void add_demo_command(tree& t);
void add_backup_commands(tree& t);
void add_data_commands(tree& t);

/// Writes what the server answers at `path` to a file ("-": stdout), and says how much it was. `what` stands beside the progress.
void save_stream(context& about, const std::string& path, const std::string& file, text what);
/// The same of whatever `fetch` hands over, a part at a time.
void save_parts(context& about, const std::string& file, text what, const std::function<void(const std::function<void(std::string_view)>&)>& fetch);

/// Which backups still hold the key of somebody who was just erased, on standard error.
void tell_who_holds_key(context& about, std::uint64_t member);

void add_completion(tree& t);

}  // namespace cli
