#include "cli/passage_writer.h"

#include <algorithm>
#include <cstddef>

#include "base/ordered_work.h"
#include "base/status_macros.h"
#include "cli/offset_units.h"
#include "report/json_line.h"
#include "report/passage_line.h"
#include "report/urn.h"

namespace wirecopy::cli {
namespace {

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
    : corpus_(corpus), found_(found), unit_(RecordedUnit(unit)) {
  for (const PassageGroup& group : found.groups) {
    const PassageGroup::Member& first = group.members[group.first];
    group_names_.push_back(PassageGroupName(Place(first.document, first.span)));
  }
}

PlaceRecord PassageWriter::Place(uint32_t document,
                                 const OffsetSpan& span) const {
  return {corpus_.Id(document), span.begin, span.end};
}

PassageRecord PassageWriter::Record(const ReusedPassage& passage) const {
  PassageRecord record;
  record.a = Place(passage.a, passage.a_span);
  record.b = Place(passage.b, passage.b_span);
  record.words = passage.words;
  record.edits = passage.edits;
  record.identity = passage.Identity();
  record.kind = PassageKindName(passage.kind);
  record.group = group_names_[passage.group];
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

void PassageWriter::Lines::Add(std::string_view line) {
  std::copy(line.begin(), line.end(), Reserve(line.size()));
  size_ += line.size();
}

char* PassageWriter::Lines::Reserve(size_t bytes) {
  if (room_.size() - size_ < bytes) room_.resize(2 * (size_ + bytes));
  return room_.data() + size_;
}

void PassageWriter::AddLine(const ReusedPassage& passage,
                            IdentityTexts* identities, Lines* lines) const {
  const PassageLineFields fields = {
      {json_ids_[passage.a], passage.a_span.begin, passage.a_span.end},
      {json_ids_[passage.b], passage.b_span.begin, passage.b_span.end},
      passage.words,
      passage.edits,
      identities->Of(passage.words, passage.edits),
      PassageKindName(passage.kind),
      group_names_[passage.group],
      unit_};
  lines->EndAt(WritePassageLine(fields, lines->Reserve(MostBytesOf(fields))));
}

void PassageWriter::PrefetchTexts(size_t passage) const {
  constexpr size_t kNear = 8;
  constexpr size_t kFar = 16;
  const std::vector<ReusedPassage>& passages = found_.passages;
  if (passage + kFar >= passages.size()) return;
  const ReusedPassage& far = passages[passage + kFar];
  __builtin_prefetch(&json_ids_[far.b]);
  __builtin_prefetch(&group_names_[far.group]);
  const ReusedPassage& near = passages[passage + kNear];
  __builtin_prefetch(json_ids_[near.b].data());
  __builtin_prefetch(group_names_[near.group].data());
}

void PassageWriter::MakeLines(PassageFormat format, size_t begin, size_t end,
                              IdentityTexts* identities, Lines* lines) const {
  lines->Clear();
  for (size_t i = begin; i < end; ++i) {
    const ReusedPassage& passage = found_.passages[i];
    if (format == PassageFormat::kJsonLines) {
      PrefetchTexts(i);
      AddLine(passage, identities, lines);
    } else {
      lines->Add(PassageTsv(Record(passage), found_.lengths[passage.a],
                            found_.lengths[passage.b]));
    }
  }
}

absl::Status PassageWriter::WriteLines(PassageFormat format, int threads,
                                       OutputFile* file) {
  constexpr size_t kPerTask = 1024;  // some 200 KB of lines
  const size_t count = found_.passages.size();
  OrderedWorkBounds bounds;
  bounds.pieces = 4 * static_cast<size_t>(threads);
  std::vector<Lines> made(bounds.pieces);
  std::vector<IdentityTexts> identities(static_cast<size_t>(threads));
  if (format == PassageFormat::kJsonLines) MakeJsonIds();
  absl::Status status;
  OrderedWork work;
  work.begin = [&](size_t, size_t*) { return status.ok(); };
  work.make = [&](int worker, size_t task) {
    const size_t begin = task * kPerTask;
    MakeLines(format, begin, std::min(count, begin + kPerTask),
              &identities[static_cast<size_t>(worker)],
              &made[task % made.size()]);
  };
  work.take = [&](size_t task) {
    if (status.ok()) status = file->Write(made[task % made.size()].text());
  };
  DoInOrder(threads, (count + kPerTask - 1) / kPerTask, bounds, work);
  return status;
}

void PassageWriter::MakeJsonIds() {
  json_ids_.resize(corpus_.size());
  for (uint32_t document = 0; document < corpus_.size(); ++document) {
    // Those that share nothing have no length.
    if (found_.lengths[document] == 0) continue;
    AppendJson(corpus_.Id(document), &json_ids_[document]);
  }
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
