#include "io/block_source.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy {
namespace {

// A piece and what is made of it stay in a core's own cache.
constexpr size_t kBlockBytes = size_t{1} << 19;
constexpr size_t kBlockFiles = 256;

// Files that stay open between the scan and whatever reads them again: a part
// of what this process may have open.
size_t FilesToKeepOpen() {
  constexpr size_t kMost = 128;
  constexpr size_t kPart = 4;
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return std::min<size_t>(kMost, limit.rlim_cur / kPart);
}

// What progress counts of a file of a part.
uint64_t BytesIn(const InputPart& part, const InputFile& file) {
  if (file.is_pipe) return 0;
  const uint64_t end = std::min(part.end, file.stamp.size);
  return end - std::min(part.begin, end);
}

uint64_t CountLineBreaks(std::string_view bytes) {
  return static_cast<uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

}  // namespace

BlockSource::BlockSource(std::vector<InputFile>* files, uint64_t max_record,
                         ScratchFile* scratch, ProgressListener* progress)
    : files_(*files),
      max_record_(max_record),
      scratch_(scratch),
      progress_(progress),
      files_kept_open_(FilesToKeepOpen()) {
  for (const InputFile& file : files_)
    total_ += file.is_pipe ? 0 : file.stamp.size;
}

absl::StatusOr<bool> BlockSource::Next(ByteBuffer* buffer, InputBlock* block) {
  const std::lock_guard<std::mutex> lock(mutex_);
  WIRECOPY_RETURN_IF_ERROR(error_);
  const auto begin = std::chrono::steady_clock::now();
  absl::StatusOr<bool> taken = TakeNext(buffer, block);
  read_time_ += std::chrono::steady_clock::now() - begin;
  if (!taken.ok()) error_ = taken.status();
  Advance();
  return taken;
}

void BlockSource::Begin(std::vector<InputPart> parts, size_t first_block,
                        EndPartCall end_part) {
  parts_ = std::move(parts);
  end_part_ = std::move(end_part);
  bytes_.assign(parts_.size(), 0);
  part_ = 0;
  part_begin_ = first_block;
  next_block_ = first_block;
  next_file_ = parts_.empty() ? 0 : parts_[0].first_file;
  // Of those that are not read, somebody else has been told.
  finished_ = total_;
  for (const InputPart& part : parts_) {
    for (size_t f = part.first_file; f < part.end_file; ++f) {
      finished_ -= BytesIn(part, files_[f]);
    }
  }
}

bool BlockSource::IsLive() const {
  if (stream_ != nullptr) return takes_some_;
  return next_file_ < files_.size() && files_[next_file_].pipe.has_value();
}

bool BlockSource::IsReadyWithin(std::chrono::milliseconds time) {
  if (stream_ != nullptr && takes_some_) return HasLineWithin(time);
  if (stream_ != nullptr) return stream_ended_ || stream_->IsReadyWithin(time);
  return !IsLive() || files_[next_file_].pipe->stream->IsReadyWithin(time);
}

// Takes what comes meanwhile. A record that is too long is for Next to pass
// over.
bool BlockSource::HasLineWithin(std::chrono::milliseconds time) {
  constexpr size_t kPiece = size_t{64} << 10;
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = Clock::now() + time;
  size_t looked_at = 0;
  while (!stream_ended_ && carry_.size() <= max_record_ &&
         carry_.find('\n', looked_at) == std::string::npos) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - Clock::now());
    if (!stream_->IsReadyWithin(std::max(left, left.zero()))) return false;
    looked_at = carry_.size();
    carry_.resize(looked_at + kPiece);
    const absl::StatusOr<size_t> count =
        ReadInto(carry_.data() + looked_at, kPiece);
    carry_.resize(looked_at + count.value_or(0));
    if (!count.ok()) {
      error_ = count.status();
      return true;
    }
  }
  return true;
}

absl::StatusOr<bool> BlockSource::TakeNext(ByteBuffer* buffer,
                                           InputBlock* block) {
  while (part_ < parts_.size()) {
    WIRECOPY_ASSIGN_OR_RETURN(const bool found, TakeNextOfPart(buffer, block));
    if (found) return true;
    if (end_part_ != nullptr) end_part_(part_, part_begin_, next_block_);
    part_begin_ = next_block_;
    if (++part_ < parts_.size()) next_file_ = parts_[part_].first_file;
  }
  return false;
}

absl::StatusOr<bool> BlockSource::TakeNextOfPart(ByteBuffer* buffer,
                                                 InputBlock* block) {
  while (next_file_ < parts_[part_].end_file) {
    InputFile& file = files_[next_file_];
    if (file.format == InputFormat::kText) {
      TakeTextFiles(block);
      return true;
    }
    if (stream_ == nullptr) {
      WIRECOPY_RETURN_IF_ERROR(BeginFile(&file));
      if (HasHeader(file.format)) {
        WIRECOPY_RETURN_IF_ERROR(TakeHeader(buffer, &file));
      }
    }
    *block = {0, part_, next_file_, next_file_, offset_, {}, 0, false};
    block->lines_passed = std::exchange(lines_passed_, 0);
    WIRECOPY_ASSIGN_OR_RETURN(const bool found, TakeRecords(buffer, block));
    if (!found) {
      EndFile(&file);
      continue;
    }
    block->number = next_block_++;
    NoteContentsSize(&file);
    if (!can_be_read_again_ && !block->is_too_long) {
      block->records = Keep(block->begin, block->records, buffer, &file);
    }
    return true;
  }
  return false;
}

// The next records of the file, as far as they begin in the part's range.
absl::StatusOr<bool> BlockSource::TakeRecords(ByteBuffer* buffer,
                                              InputBlock* block) {
  if (offset_ >= parts_[part_].end) {
    // What was passed over last counts for the part that comes next.
    return block->lines_passed > 0;
  }
  WIRECOPY_ASSIGN_OR_RETURN(
      const bool found,
      FillWithRecords(files_[next_file_].format, buffer, block));
  if (found) CutAtRange(block);
  return found;
}

// A line belongs to the range that it begins in.
void BlockSource::CutAtRange(InputBlock* block) {
  const uint64_t end = parts_[part_].end;
  if (block->is_too_long || offset_ <= end) return;
  const size_t last =
      static_cast<size_t>(std::max(end - 1, block->begin) - block->begin);
  const size_t line_break = block->records.find('\n', last);
  if (line_break == std::string_view::npos) return;
  block->records = block->records.substr(0, line_break + 1);
  offset_ = block->begin + line_break + 1;
}

absl::Status BlockSource::BeginFile(InputFile* file) {
  WIRECOPY_ASSIGN_OR_RETURN(OpenedInput opened, OpenToRead(file));
  stream_ = std::move(opened.stream);
  can_be_read_again_ = opened.file != nullptr;
  stream_ended_ = false;
  lines_passed_ = 0;
  carry_.clear();
  range_begin_ = 0;
  const uint64_t begin = parts_[part_].begin;
  takes_some_ = takes_as_it_comes_ && !can_be_read_again_ &&
                file->format == InputFormat::kJsonl;
  if (begin > 0 && !can_be_read_again_) return ChangedError(file->path);
  if (begin > 0) {
    stream_ =
        std::make_unique<PeekStream>(NewFileStreamAt(opened.file, begin - 1));
    offset_ = begin - 1;
    WIRECOPY_RETURN_IF_ERROR(SkipToRange());
  } else {
    WIRECOPY_ASSIGN_OR_RETURN(offset_, SkipByteOrderMark(stream_.get()));
  }
  if (can_be_read_again_) {
    const bool keep_open = files_kept_open_ > 0 && !file->contents.IsFile();
    files_kept_open_ -= keep_open ? 1 : 0;
    if (!file->contents.IsFile()) {
      file->contents = Contents::OfFile(std::move(opened.file), keep_open);
    }
  }
  return absl::OkStatus();
}

// To behind the next line break: the byte before the range may be one.
absl::Status BlockSource::SkipToRange() {
  constexpr size_t kStep = size_t{1} << 16;
  while (!stream_ended_) {
    carry_.resize(kStep);
    WIRECOPY_ASSIGN_OR_RETURN(const size_t size,
                              stream_->Read(carry_.data(), kStep));
    stream_ended_ = size < kStep;
    carry_.resize(size);
    const size_t line_break = carry_.find('\n');
    const bool is_there = line_break != std::string::npos;
    const size_t skipped = is_there ? line_break + 1 : size;
    offset_ += skipped;
    carry_.erase(0, skipped);
    if (is_there) break;
  }
  range_begin_ = offset_;
  return absl::OkStatus();
}

absl::Status BlockSource::TakeHeader(ByteBuffer* buffer, InputFile* file) {
  InputBlock block;
  WIRECOPY_ASSIGN_OR_RETURN(const bool found,
                            FillWithRecords(file->format, buffer, &block));
  const std::string_view bytes = block.records;
  const size_t blank = BlankLinesSize(bytes);
  const size_t size =
      block.is_too_long || !found
          ? 0
          : blank + FirstRecordSize(file->format, bytes.substr(blank),
                                    /*at_end=*/true);
  file->header = bytes.substr(0, size);
  // The rest waits in front of what was left over.
  carry_.insert(0, bytes.substr(size));
  offset_ -= bytes.size() - size;
  lines_passed_ = CountLineBreaks(file->header);
  return absl::OkStatus();
}

// As far as it is read: whoever does not wait for the end asks, too, whether
// the last line has one.
void BlockSource::NoteContentsSize(InputFile* file) const {
  if (parts_[part_].end == InputPart::kToTheEnd) {
    file->contents_size = offset_;
  }
}

void BlockSource::EndFile(InputFile* file) {
  stream_.reset();
  NoteContentsSize(file);
  bytes_[part_] += offset_ - range_begin_;
  finished_ += BytesIn(parts_[part_], *file);
  ++next_file_;
}

// Less than there is room for where the stream ends, or takes_some_.
absl::StatusOr<size_t> BlockSource::ReadInto(char* out, size_t room) {
  absl::StatusOr<size_t> count =
      takes_some_ ? stream_->ReadSome(out, room) : stream_->Read(out, room);
  if (count.ok()) stream_ended_ = *count < (takes_some_ ? 1 : room);
  return count;
}

absl::StatusOr<bool> BlockSource::FillWithRecords(InputFormat format,
                                                  ByteBuffer* buffer,
                                                  InputBlock* block) {
  size_t target = std::max(kBlockBytes, 2 * carry_.size());
  buffer->ShrinkTo(4 * kBlockBytes);
  buffer->Reserve(target);
  carry_.copy(buffer->data(), carry_.size());
  size_t size = std::exchange(carry_, {}).size();
  size_t looked_at = 0;  // without finding the end of a line
  // What is whole does not wait for what comes next.
  bool reads =
      !takes_some_ || std::string_view(buffer->data(), size).find('\n') ==
                          std::string_view::npos;
  while (true) {
    if (!stream_ended_ && std::exchange(reads, true)) {
      WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                                ReadInto(buffer->data() + size, target - size));
      size += count;
    }
    const std::string_view bytes(buffer->data(), size);
    if (stream_ended_ && size <= max_record_) {
      block->records = bytes;
      offset_ += size;
      return size > 0;
    }
    // Of what comes piece by piece, only the last piece has to be looked at.
    const bool may_be_whole =
        !takes_some_ || bytes.find('\n', looked_at) != std::string_view::npos;
    looked_at = size;
    const size_t whole = may_be_whole ? WholeRecordsSize(format, bytes) : 0;
    if (whole > 0) {
      carry_ = bytes.substr(whole);
      block->records = bytes.substr(0, whole);
      offset_ += whole;
      return true;
    }
    if (size > max_record_) {
      block->is_too_long = true;
      WIRECOPY_RETURN_IF_ERROR(PassOverRecord(format, size, buffer));
      return true;
    }
    if (size < target) continue;
    target *= 2;
    buffer->Reserve(target);
  }
}

// The record's first `in_buffer` bytes are there.
absl::Status BlockSource::PassOverRecord(InputFormat format, size_t in_buffer,
                                         ByteBuffer* buffer) {
  std::string_view piece(buffer->data(), in_buffer);
  RecordSkipper skipper(format, piece);
  while (true) {
    const size_t end = skipper.Skip(piece);
    const std::string_view passed = piece.substr(0, end);
    offset_ += passed.size();
    lines_passed_ += CountLineBreaks(passed);
    if (end != std::string_view::npos) {
      carry_ = piece.substr(end);
      return absl::OkStatus();
    }
    if (stream_ended_) return absl::OkStatus();
    WIRECOPY_ASSIGN_OR_RETURN(const size_t size,
                              ReadInto(buffer->data(), kBlockBytes));
    piece = std::string_view(buffer->data(), size);
  }
}

void BlockSource::TakeTextFiles(InputBlock* block) {
  *block = {next_block_++, part_, next_file_, next_file_, 0, {}, 0, false};
  uint64_t size = 0;
  do {
    block->last_file = next_file_;
    size += files_[next_file_++].stamp.size;
  } while (next_file_ < parts_[part_].end_file &&
           files_[next_file_].format == InputFormat::kText &&
           next_file_ - block->first_file < kBlockFiles && size < kBlockBytes);
  finished_ += size;
}

absl::StatusOr<BlockSource::Text> BlockSource::ReadText(size_t part,
                                                        size_t index,
                                                        ByteBuffer* buffer) {
  InputFile& file = files_[index];
  WIRECOPY_ASSIGN_OR_RETURN(OpenedInput opened, OpenToRead(&file));
  const bool can_be_read_again = opened.file != nullptr;
  if (can_be_read_again) {
    file.contents = Contents::OfFile(std::move(opened.file), false);
  }
  buffer->ShrinkTo(4 * kBlockBytes);
  Text text;
  WIRECOPY_ASSIGN_OR_RETURN(text.begin, SkipByteOrderMark(opened.stream.get()));
  WIRECOPY_ASSIGN_OR_RETURN(const size_t size,
                            ReadAll(opened.stream.get(), max_record_, buffer));
  text.is_too_long = size > max_record_;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    bytes_[part] += text.begin + size;
  }
  if (text.is_too_long) return text;
  text.text = std::string_view(buffer->data(), size);
  if (!can_be_read_again) {
    text.text = Keep(text.begin, text.text, buffer, &file);
  }
  return text;
}

// Keeps what lies at the beginning of the buffer, and says where it is now.
std::string_view BlockSource::Keep(uint64_t begin, std::string_view bytes,
                                   ByteBuffer* buffer, InputFile* file) const {
  if (scratch_ == nullptr) {
    return file->contents.Keep(begin, std::exchange(*buffer, {}), bytes.size());
  }
  file->contents.Keep(begin, bytes, scratch_);
  return bytes;
}

void BlockSource::Advance() {
  if (progress_ == nullptr) return;
  const uint64_t done =
      finished_ + (stream_ != nullptr ? stream_->FileBytesRead() : 0);
  progress_->Advance("reading", std::min(done, total_), total_);
}

}  // namespace wirecopy
