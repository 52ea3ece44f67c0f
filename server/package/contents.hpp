#pragma once
// What a sealed package holds (S3.3.3), decided before any of it is written: an archived project as it stood when it was
// sealed. Its own events, those of its tasks, of its analyses and plans, and of the request that it came from, as far as its
// reader may see them; their files, and what proves them.

#include "events/proof/checkpoint.hpp"
#include "server/blobs/store.hpp"
#include "server/wire/documents.hpp"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace server::package {

/// Why there is no package.
extern const core::refusal not_sealed, file_missing, too_large, not_proven_yet;

/// All of them outlive whatever is made with them.
struct sources {
    const wire::documents& read;
    const blobs::store& files;
    const events::proof::note_signer& signer;
};

/// A part of a document's dossier, as it was last.
struct part {
    std::string_view section;
    std::string about;  ///< of many, which one it is: a later one of the same takes its place. Empty: each stands for itself
    events::instant at;
    std::string event;  ///< JSON
};

/// What people read of one document.
struct readable_document {
    events::stream_id id;
    std::vector<part> parts;  ///< in the order of the log
};

struct contents {
    events::project_id project;
    std::string name;
    events::position sealed;  ///< the event that sealed it: nothing later is in the package
    events::instant sealed_at;
    std::string checkpoint;  ///< a signed note
    std::uint64_t size;      ///< events that the checkpoint is about
    struct stream {
        events::stream_id id;
        events::version last;
    };
    std::vector<stream> streams;  ///< request, project, tasks, analyses, strategies and plans
    std::uint64_t event_count = 0;
    std::map<std::string, blobs::blob> files;                        ///< by SHA-256
    std::map<events::member_id, std::optional<std::string>> people;  ///< who are named in it; nothing: erased
    std::vector<readable_document> documents;
    std::string schema;   ///< JSON, for who reads: what all of it is called
    std::string dossier;  ///< JSON, as of the seal
};

/// A problem where the reader may not see the project, or it is not sealed. Reads its events once; not on an I/O thread.
std::variant<contents, wire::problem> look(const sources& from, const wire::reader& by, events::project_id which);

}  // namespace server::package
