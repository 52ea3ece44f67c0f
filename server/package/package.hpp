#pragma once
// A sealed package, written part by part in a fixed order as it is taken: never more of it in memory than a part of a
// megabyte. What is in it is said by README.txt in it, and checked by `opsroom project verify`:
//
//   README.txt, checkpoint.txt, events.ndjson (the stored bytes, a line each), proofs.ndjson (a line for each of those),
//   dossier.json, people.json, zh.html, en.html, attachments/<sha256>, manifest.json (the SHA-256 of each part before it),
//   seal.txt (a note, signed by the log's key, over that of the manifest)

#include "server/package/contents.hpp"
#include "server/package/zip.hpp"

#include <openssl/evp.h>

#include <functional>
#include <memory>

namespace server::package {

class writer {
public:
    /// `what` was looked at before.
    writer(sources from, contents what);

    /// Appends the next piece to `out`. False once there is none. Throws where something can't be read: what was written so
    /// far is then no package, and does not verify.
    bool next(std::string& out);

private:
    using produce = std::function<bool(std::string& out)>;  ///< appends; false with the last of it
    struct part {
        std::string path;
        produce more;
    };
    struct listed {
        std::string path;
        std::uint64_t bytes;
        std::string sha256;
    };
    void plan();
    void begin(std::string& out);
    void end(std::string& out);

    bool some_events(std::string& out);
    bool some_proofs(std::string& out);
    bool some_of_file(const std::string& sha256, std::uint64_t bytes, std::string& out);
    template <class Take>
    bool next_events(Take take);
    std::string manifest() const;
    std::string seal() const;

    sources from_;
    contents what_;
    zip file_;
    std::vector<part> parts_;
    std::size_t at_ = 0;  // of parts_, the one that is being written
    bool begun_ = false;
    std::vector<listed> done_;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sum_{nullptr, &EVP_MD_CTX_free};
    std::uint64_t bytes_ = 0;  // of the part
    std::size_t stream_ = 0;   // where events and proofs go on
    events::version version_;
    std::uint64_t offset_ = 0;  // in a file
};

}  // namespace server::package
