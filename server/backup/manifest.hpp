#pragma once
// What one backup is, in a small file of its own that is written last: a backup is there when its manifest is.
//
//   FOLDER/opsroom-backup.json        whose backups these are: the key that the log's checkpoints are signed with
//   FOLDER/backups/00000012.json      the manifest;  .files: every file of its own with its hash;  .settings.json
//   FOLDER/log/, FOLDER/index/        the databases (events/rocksdb/backup.hpp), shared by all backups here
//   FOLDER/blobs/ab/cdef…             attachments by content, shared by all: as they lay, sealed. Where one lay in the clear when
//                                     an earlier backup was made, it is the sealed one since
//   FOLDER/identity/00000012.db       accounts
//   FOLDER/kept/00000012/             signed checkpoints; of the newest backup, the snapshot too
//   KEYS/                             FOLDER/keys, or elsewhere: people's keys, those of attachments as they are now, and the
//                                     signing key. Whoever has both can read what people wrote. Keys of elections are in no
//                                     backup: with them and the ballots, which are in the log, votes could be opened.

#include "events/catalog/value.hpp"
#include "events/rocksdb/backup.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace server::backup {

/// What went wrong with a backup, and what to do, in both languages.
struct failure : std::runtime_error {
    failure(std::string chinese, std::string english) : std::runtime_error(english), zh(std::move(chinese)), en(std::move(english)) {}
    const std::string& in(events::language l) const { return l == events::language::zh ? zh : en; }
    std::string zh, en;
};

struct manifest {
    std::uint64_t number = 0;
    events::instant made{};
    std::string history;          ///< of the log that it was taken from
    events::position position;    ///< the last event in it
    events::instant time{};       ///< of that event
    std::string root;             ///< base64, over all events up to there
    std::string checkpoint;       ///< the same, signed
    events::rocks::backup_numbers databases;
    std::uint64_t bytes = 0;      ///< of all its files, those that it shares with others among them
    std::uint64_t blobs = 0;
    std::vector<events::member_id> people;  ///< whose keys were beside it then
    std::string keys;             ///< where they are; empty: in the folder itself
    std::string version;          ///< of the server
};

/// As it lies on the disk: JSON, and a line with its hash.
std::string to_text(const manifest& m);

/// By number. Throws failure where the folder is none of backups, or one of its manifests is damaged.
std::vector<manifest> read_all(const std::filesystem::path& folder);

/// `folder`/backups/NUMBER`suffix`
std::filesystem::path file_of(const std::filesystem::path& folder, std::uint64_t number, const char* suffix);
/// "00000012"
std::string name_of(std::uint64_t number);
std::filesystem::path keys_of(const std::filesystem::path& folder, const manifest& m);

/// Among what is kept beside the log: the engine's snapshot.
inline constexpr std::string_view snapshot_file = "state";

/// Whose backups these are; empty where there are none yet.
inline constexpr const char* owner_file = "opsroom-backup.json";
std::string owner_of(const std::filesystem::path& folder);
void write_owner(const std::filesystem::path& folder, const std::string& verifier);

/// Among the keys: whose were destroyed.
inline constexpr const char* destroyed_file = "erased";

/// People whose keys were destroyed among the keys of backups, as they were erased.
std::vector<events::member_id> destroyed_in(const std::filesystem::path& keys);
void write_destroyed(const std::filesystem::path& keys, const std::vector<events::member_id>& all);

/// Attachments that were of people who were erased, and of nobody else: they, or their keys, were destroyed among the backups.
inline constexpr const char* erased_files_file = "erased-files";
std::set<std::string> erased_files_in(const std::filesystem::path& keys);
void write_erased_files(const std::filesystem::path& keys, const std::set<std::string>& all);

/// Among the keys: the folder of those of attachments.
inline constexpr const char* file_keys_folder = "files";

/// What a listed path begins with where it is relative to the folder of keys.
inline constexpr std::string_view beside_keys = "keys:";

/// One file of a backup, relative to its folder.
struct listed_file {
    std::string sha256;  ///< hex
    std::uint64_t bytes = 0;
    std::string path;
};
std::string to_lines(const std::vector<listed_file>& files);
std::vector<listed_file> read_files(const std::filesystem::path& folder, std::uint64_t number);
/// Of which attachment it is the content; nothing where it is something else.
std::optional<std::string> attachment_in(const listed_file& f);

}  // namespace server::backup
