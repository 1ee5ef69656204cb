#include "cli/passage_writer.h"

#include <algorithm>
#include <cstddef>

#include "base/parallel.h"
#include "base/status_macros.h"
#include "cli/passage_options.h"
#include "report/passage_line.h"
#include "report/urn.h"

namespace wirecopy::cli {
namespace {

std::string_view UnitName(OffsetUnit unit) {
  if (unit == OffsetUnit::kCodePoint) return "";
  return unit == OffsetUnit::kByte ? "byte" : "utf16";
}

// Where `count` characters of valid UTF-8 behind `from` end.
size_t Advance(std::string_view text, size_t from, size_t count) {
  size_t at = from;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (text[at] & 0xC0) == 0x80) ++at;
    --count;
  }
  return at;
}

}  // namespace

size_t PassageWriter::QuotedText::Find(size_t place) {
  constexpr size_t kStep = 1024;
  if (steps.empty()) steps.push_back(0);
  while (steps.size() <= place / kStep) {
    steps.push_back(Advance(text, steps.back(), kStep));
  }
  return Advance(text, steps[place / kStep], place % kStep);
}

PassageWriter::PassageWriter(const Corpus& corpus, const PassagesResult& found,
                             OffsetUnit unit)
    : corpus_(corpus), found_(found), unit_(UnitName(unit)) {
  for (const PassageGroup& group : found.groups) {
    const PassageGroup::Member& first = group.members[group.first];
    group_names_.push_back(PassageGroupName(Place(first.document, first.span)));
  }
}

PlaceRecord PassageWriter::Place(uint32_t document,
                                 const OffsetSpan& span) const {
  return {corpus_.Id(document), span.begin, span.end};
}

void PassageWriter::Describe(const ReusedPassage& passage,
                             const ReusedPassage* before,
                             PassageRecord* record) const {
  const auto place = [this](uint32_t document, const OffsetSpan& span,
                            bool is_new, PlaceRecord* side) {
    if (is_new) side->id = corpus_.Id(document);
    side->begin = span.begin;
    side->end = span.end;
  };
  place(passage.a, passage.a_span, before == nullptr || before->a != passage.a,
        &record->a);
  place(passage.b, passage.b_span, before == nullptr || before->b != passage.b,
        &record->b);
  record->words = passage.words;
  record->edits = passage.edits;
  record->identity = passage.Identity();
  record->kind = PassageKindName(passage.kind);
  record->group = group_names_[passage.group];
}

PassageRecord PassageWriter::Record(const ReusedPassage& passage) const {
  PassageRecord record;
  Describe(passage, nullptr, &record);
  return record;
}

AnnotatedSide PassageWriter::Side(uint32_t document, const OffsetSpan& span,
                                  QuotedText* quoted) const {
  constexpr size_t kContext = 32;
  if (!quoted->is_read || quoted->document != document) {
    quoted->text = quoted->reader.Text(document);
    quoted->document = document;
    quoted->is_read = true;
    quoted->steps.clear();
  }
  const std::string_view text = quoted->text;
  const size_t context = std::min<size_t>(span.begin, kContext);
  const size_t before = quoted->Find(span.begin - context);
  const size_t begin = Advance(text, before, context);
  const size_t end = Advance(text, begin, span.end - span.begin);
  AnnotatedSide side;
  side.source = quoted->reader.Details().url;
  if (side.source.empty()) side.source = DocumentUrn(corpus_.Id(document));
  side.begin = span.begin;
  side.end = span.end;
  side.prefix = text.substr(before, begin - before);
  side.exact = text.substr(begin, end - begin);
  side.suffix = text.substr(end, Advance(text, end, kContext) - end);
  return side;
}

absl::Status PassageWriter::WritePassages(PassageFormat format, int threads,
                                          OutputFile* file) {
  return format == PassageFormat::kAnnotation
             ? WriteAnnotations(file)
             : WriteLines(format, threads, file);
}

absl::Status PassageWriter::WriteAnnotations(OutputFile* file) {
  QuotedText a(corpus_);
  QuotedText b(corpus_);
  for (const ReusedPassage& passage : found_.passages) {
    WIRECOPY_RETURN_IF_ERROR(file->Write(
        AnnotationLine(Record(passage), Side(passage.a, passage.a_span, &a),
                       Side(passage.b, passage.b_span, &b))));
  }
  return absl::OkStatus();
}

std::string PassageWriter::Lines(PassageFormat format, size_t begin,
                                 size_t end) const {
  std::string lines;
  PassageRecord record;
  for (size_t i = begin; i < end; ++i) {
    const ReusedPassage& passage = found_.passages[i];
    Describe(passage, i == begin ? nullptr : &found_.passages[i - 1], &record);
    if (format == PassageFormat::kJsonLines) {
      AppendPassageLine(record, unit_, &lines);
    } else {
      lines += PassageTsv(record, found_.lengths[passage.a],
                          found_.lengths[passage.b]);
    }
  }
  return lines;
}

// While one thread writes what was made in the last round, others make more.
absl::Status PassageWriter::WriteLines(PassageFormat format, int threads,
                                       OutputFile* file) {
  constexpr size_t kPerTask = 4096;
  const size_t tasks = 4 * static_cast<size_t>(threads);
  const size_t count = found_.passages.size();
  std::vector<std::string> made(tasks);
  std::vector<std::string> ready(tasks);
  absl::Status status;
  for (size_t begin = 0; begin < count + tasks * kPerTask && status.ok();
       begin += tasks * kPerTask) {
    ParallelFor(threads, tasks + 1, [&](int, size_t task) {
      if (task == 0) {
        for (const std::string& lines : ready)
          status.Update(file->Write(lines));
        return;
      }
      const size_t first = std::min(count, begin + (task - 1) * kPerTask);
      made[task - 1] = Lines(format, first, std::min(count, first + kPerTask));
    });
    made.swap(ready);
  }
  return status;
}

absl::Status PassageWriter::WriteGroups(OutputFile* file) {
  for (size_t g = 0; g < found_.groups.size(); ++g) {
    const PassageGroup& group = found_.groups[g];
    PassageGroupRecord record;
    record.name = group_names_[g];
    record.kind = PassageKindName(group.kind);
    for (const PassageGroup::Member& member : group.members) {
      record.members.push_back(Place(member.document, member.span));
    }
    record.first = record.members[group.first];
    WIRECOPY_RETURN_IF_ERROR(file->Write(PassageGroupLine(record, unit_)));
  }
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
