// RocksDB's threads, and processes that were forked from the one that has them.

#ifndef WIRECOPY_INDEX_ROCKSDB_THREADS_H_
#define WIRECOPY_INDEX_ROCKSDB_THREADS_H_

#include <rocksdb/env.h>
#include <sys/types.h>

namespace wirecopy {

// The process that RocksDB has its threads in: it starts them once, at the
// first opening. One that is forked then has a RocksDB that believes in them.
// 0: none has.
pid_t ProcessWithThreads();

// To be called before anything is opened: where no process has them, it is this
// one. Thread-safe, like the others.
void ClaimThreads();

// Whether another process has them.
bool IsForked();

// What RocksDB works with: where this process was forked, without threads.
rocksdb::Env* EnvOfThisProcess();

// Where a forked process ends by exit(), RocksDB's own end would wait for those
// threads: from here on it does not. To be called once RocksDB is there, for
// what is registered last is first to be called.
void PrepareForEnd();

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_ROCKSDB_THREADS_H_
