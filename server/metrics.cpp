#include "server/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "core/classic_stream.h"

namespace tts {
namespace {

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  int64_t all = 0, resident = 0;
  file >> all >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

// "# HELP", "# TYPE", then the samples follow.
std::ostream& describe(std::ostream& out, const char* name, const char* type, const char* help) {
  return out << "# HELP " << name << " " << help << "\n# TYPE " << name << " " << type << "\n";
}

template <typename Value>
void put(std::ostream& out, const char* name, const char* type, const char* help, Value value) {
  describe(out, name, type, help) << name << " " << value << "\n";
}

}  // namespace

void Metrics::answered(const std::string& path, int status) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++answers_[{path, status}];
}

void Metrics::sounded(double seconds) {
  const std::lock_guard<std::mutex> lock(mutex_);
  audio_s_ += seconds;
}

void Metrics::first_byte(double seconds) {
  const std::lock_guard<std::mutex> lock(mutex_);
  first_byte_sum_s_ += seconds;
  ++first_byte_count_;
  for (size_t i = 0; i < kBounds.size(); ++i) first_byte_[i] += seconds <= kBounds[i];
}

void Metrics::hung_up() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++hung_up_;
}

std::string Metrics::text(const Load& load, const GenerationBatches::Counts& batches) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  ClassicOutput out;
  out.precision(15);
  describe(out, "tts_requests_total", "counter", "Requests answered, by path and status.");
  for (const auto& [key, count] : answers_) {
    out << "tts_requests_total{path=\"" << key.first << "\",status=\"" << key.second << "\"} "
        << count << "\n";
  }
  put(out, "tts_hung_up_total", "counter", "Clients that left before the end.", hung_up_);
  put(out, "tts_audio_seconds_total", "counter", "Seconds of sound made.", audio_s_);
  put(out, "tts_queue_length", "gauge", "Requests that wait for a worker.", load.waiting);
  put(out, "tts_queue_places", "gauge", "Requests that may wait.", load.places);
  put(out, "tts_workers_busy", "gauge", "Requests being spoken.", load.running);
  put(out, "tts_workers", "gauge", "Requests spoken side by side at most.", load.workers);
  put(out, "tts_batches_total", "counter", "Batches of sentences made.", batches.batches);
  put(out, "tts_batch_sentences_total", "counter", "Sentences in them.", batches.rows);
  put(out, "tts_batch_frames_total", "counter", "Frames in them, with padding.", batches.frames);
  put(out, "tts_batch_padding_frames_total", "counter", "Frames of padding.", batches.padding);
  const char* name = "tts_first_byte_seconds";
  describe(out, name, "histogram", "From a request to the first byte of its sound.");
  for (size_t i = 0; i < kBounds.size(); ++i)
    out << name << "_bucket{le=\"" << kBounds[i] << "\"} " << first_byte_[i] << "\n";
  out << name << "_bucket{le=\"+Inf\"} " << first_byte_count_ << "\n";
  out << name << "_sum " << first_byte_sum_s_ << "\n";
  out << name << "_count " << first_byte_count_ << "\n";
  put(out, "process_cpu_seconds_total", "counter", "CPU time.", cpu_seconds());
  put(out, "process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());
  return out.str();
}

}  // namespace tts
