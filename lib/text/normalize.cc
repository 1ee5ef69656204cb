#include "text/normalize.h"

#include <string>
#include <string_view>

#include "text/text_kernels.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// One pass over one text. ASCII and what is in normal form as it stands goes
// through a kernel; everything else in segments, the smallest pieces that
// normalise alone: nearly always a single character whose normal form is a
// single one, too, which is looked up.
class Pass {
 public:
  Pass(std::string_view in, ClassifiedText* out, OffsetMap* map)
      : in_(in), out_(*out), map_(map) {}

  void Run() {
    out_.Renew(in_.size());
    while (at_ < in_.size()) {
      if (IsAsciiLetter(in_[at_])) JoinAcrossHyphen(at_);
      CopyKnown();
      if (at_ < in_.size() && !IsAscii(at_) && !CopySingles()) TakeSegment();
    }
    out_.set_size(size_);
  }

 private:
  bool IsAscii(size_t i) const {
    return static_cast<unsigned char>(in_[i]) < 0x80;
  }

  bool EndsWithHyphen() const {
    return size_ > 0 && out_.data()[size_ - 1] == '-';
  }

  // Copies ASCII and characters that are in normal form as they stand or, where
  // no map must tell, become ASCII or nothing (a hyphen between letters); up to
  // the next of which that cannot be said. What follows a hyphen that was
  // copied, and may be a letter that it joins to, is not copied either.
  void CopyKnown() {
    const int kinds =
        map_ == nullptr ? kFactInert | kFactAscii | kJoinsWords : kFactInert;
    while (at_ < in_.size() && (IsAscii(at_) || !EndsWithHyphen())) {
      const TextKernels::Progress copied = ActiveTextKernels().fold(
          in_.data() + at_, in_.size() - at_, KernelFacts(), kinds, out_.data(),
          size_, out_.class_map());
      at_ += copied.read;
      size_ += copied.written;
      // What follows, no ASCII, may yet be a letter that it joins to.
      if (copied.read > 0 && in_[at_ - 1] == '-') hyphen_begin_ = at_ - 1;
      if (at_ == in_.size()) return;
      if (!IsAscii(at_)) {
        if (copied.read > 0 && !IsAscii(at_ - 1)) TakeBackBase();
        return;
      }
      TakeHyphen();
    }
  }

  // Takes back the character before the next one where that combines with it.
  void TakeBackBase() {
    if (InfoOf(DecodeUtf8(in_, at_).code_point).boundary_before) return;
    at_ = PreviousChar(in_, at_);
    const size_t end = size_;
    size_ = PreviousChar({out_.data(), size_}, size_);
    out_.ClearClass(size_, end);
  }

  void TakeHyphen() {
    const bool joins = at_ + 1 < in_.size() && IsAsciiLetter(in_[at_ + 1]) &&
                       EndsWithLetter(size_);
    if (joins) {
      AddEdit({size_, size_}, {at_, at_ + 1});
    } else {
      hyphen_begin_ = at_;
      out_.data()[size_++] = '-';
    }
    ++at_;
  }

  // Copies characters that are segments of their own and become one character
  // each, up to what CopyKnown is for or one of which that cannot be said;
  // false where the first is such a one.
  bool CopySingles() {
    const size_t begin = at_;
    DecodedChar c = DecodeUtf8(in_, at_);
    const CharInfo* info = &InfoOf(c.code_point);
    while (info->boundary_before && info->normal != CharInfo::kComplex) {
      const size_t end = at_ + c.length;
      const bool is_last = end == in_.size() || IsAscii(end);
      const DecodedChar next = is_last ? DecodedChar{} : DecodeUtf8(in_, end);
      const CharInfo* next_info = is_last ? nullptr : &InfoOf(next.code_point);
      if (!is_last && !next_info->boundary_before) break;
      EmitSingle({at_, end}, *info);
      at_ = end;
      if (is_last) return true;
      if (next_info->normal == next.code_point && !EndsWithHyphen())
        return true;
      c = next;
      info = next_info;
    }
    return at_ > begin;
  }

  void EmitSingle(ByteSpan original, const CharInfo& info) {
    if (size_ > 0 && out_.data()[size_ - 1] == '-' &&
        InfoOf(info.normal).char_class == CharClass::kLetter) {
      JoinAcrossHyphen(original.begin);
    }
    const size_t length = Write(info.normal);
    const size_t before = original.end - original.begin;
    if (length != before) {
      AddEdit({size_ - length, size_}, original);
      if (length > before) out_.Reserve(size_ + in_.size() - original.end);
    }
    if (info.normal == U'-') hyphen_begin_ = original.begin;
  }

  void TakeSegment() {
    DecodedChar c = DecodeUtf8(in_, at_);
    const CharInfo& info = InfoOf(c.code_point);
    size_t begin = at_;
    segment_.clear();
    // A mark that combines with the ASCII character before it takes that back.
    if (!info.boundary_before && at_ > 0 && IsAscii(at_ - 1) && size_ > 0) {
      segment_.push_back(static_cast<unsigned char>(in_[--begin]));
      --size_;
    }
    segment_.push_back(c.code_point);
    at_ += c.length;
    ExtendSegment();
    if (segment_.size() == 1 && info.normal != CharInfo::kComplex) {
      Emit({begin, at_}, {&info.normal, 1});
    } else {
      normal_.clear();
      NormalizeSegment(segment_, &normal_);
      Emit({begin, at_}, normal_);
    }
  }

  void ExtendSegment() {
    while (at_ < in_.size() && !IsAscii(at_)) {
      const DecodedChar next = DecodeUtf8(in_, at_);
      if (InfoOf(next.code_point).boundary_before) return;
      segment_.push_back(next.code_point);
      at_ += next.length;
    }
  }

  void Emit(ByteSpan original, std::u32string_view normal) {
    if (!normal.empty() && InfoOf(normal[0]).char_class == CharClass::kLetter) {
      JoinAcrossHyphen(original.begin);
    }
    // Four bytes a character at most, and everything else at most its size.
    out_.Reserve(size_ + 4 * normal.size() + (in_.size() - at_));
    const size_t begin = size_;
    for (const char32_t c : normal) Write(c);
    const bool one_to_one = normal.size() == 1 && segment_.size() == 1;
    if (!KeepsOffsets(original, begin, one_to_one)) {
      AddEdit({begin, size_}, original);
    }
    if (normal.size() == 1 && normal[0] == U'-') hyphen_begin_ = original.begin;
  }

  // Returns the size of what it wrote.
  size_t Write(char32_t c) {
    const size_t length = EncodeUtf8(c, out_.data() + size_);
    if (length > 1) {
      out_.SetClass(InfoOf(c).char_class, size_, size_ + length);
    }
    size_ += length;
    return length;
  }

  // Whether what was written from `begin` on needs no edit: it is as long as
  // the original and stands for one character, or is the original itself.
  bool KeepsOffsets(ByteSpan original, size_t begin, bool one_to_one) const {
    const size_t size = original.end - original.begin;
    if (size_ - begin != size) return false;
    return one_to_one || std::string_view(out_.data() + begin, size) ==
                             in_.substr(original.begin, size);
  }

  // Takes back a hyphen that the output ends with, where a letter stands
  // before it: the caller is about to write a letter whose original begins at
  // `next`.
  void JoinAcrossHyphen(size_t next) {
    if (size_ < 2 || out_.data()[size_ - 1] != '-') return;
    if (!EndsWithLetter(size_ - 1)) return;
    --size_;
    if (map_ == nullptr) return;
    map_->DropEditsFrom(size_);
    map_->AddEdit({size_, size_}, {hyphen_begin_, next});
  }

  // Whether the first `end` bytes of the output end with a letter, marks aside.
  bool EndsWithLetter(size_t end) {
    const std::string_view written(out_.data(), end);
    while (end > 0) {
      end = PreviousChar(written, end);
      const char32_t c = DecodeUtf8(written, end).code_point;
      const CharClass char_class = InfoOf(c).char_class;
      if (char_class != CharClass::kMark) {
        return char_class == CharClass::kLetter;
      }
    }
    return false;
  }

  void AddEdit(ByteSpan normalized, ByteSpan original) {
    if (map_ != nullptr) map_->AddEdit(normalized, original);
  }

  std::string_view in_;
  ClassifiedText& out_;
  OffsetMap* map_;
  size_t at_ = 0;            // read so far
  size_t size_ = 0;          // written so far
  size_t hyphen_begin_ = 0;  // where the last hyphen written began
  std::u32string segment_;
  std::u32string normal_;
};

}  // namespace

void NormalizeInto(std::string_view utf8, ClassifiedText* out, OffsetMap* map) {
  if (map != nullptr) map->Clear();
  Pass(utf8, out, map).Run();
}

void Normalize(std::string_view utf8, NormalizedText* out) {
  ClassifiedText buffer;
  NormalizeInto(utf8, &buffer, &out->map);
  out->text = buffer.view();
}

void NormalizeText(std::string_view utf8, std::string* out) {
  ClassifiedText buffer;
  NormalizeInto(utf8, &buffer, nullptr);
  *out = buffer.view();
}

}  // namespace wirecopy
