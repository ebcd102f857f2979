// The ways in which one utterance's frames can run through its symbols, as a hidden Markov model:
// a chain of states from left to right, each with arcs from the states that may precede it.
// Forward-backward and Viterbi over it (L. R. Rabiner, "A tutorial on hidden Markov models and
// selected applications in speech recognition", 1989, sections III.A to III.C), in plain C++.
#pragma once
#include <cstdint>
#include <vector>

namespace tts {

// What a symbol may do in time.
enum class SymbolKind : uint8_t {
  kPhone,        // at least one frame
  kSilence,      // begins or ends a sentence: at least one frame
  kPunctuation,  // may be a pause, at no cost, or take no frames
  kBoundary,     // between words: may be a pause at a cost, or take no frames
};

struct GraphOptions {
  double pause_cost = 2.0;        // natural log, for a pause at a kBoundary
  double short_phone_cost = 1.0;  // for a phone of one state, so of one frame
  int shortest_pause = 3;         // frames
};

class AlignmentGraph {
 public:
  static constexpr int kStatesPerClass = 2;

  // classes: [N] the phone class of each symbol, ignored for those that are no phones: they share
  // class 0. The emission column of state s of class c is 2c + s.
  // A symbol that may be empty and touches a kSilence always is: the silence takes its frames.
  AlignmentGraph(const std::vector<SymbolKind>& kinds,
                 const std::vector<int>& classes,
                 const GraphOptions& options);

  int states() const { return static_cast<int>(column_.size()); }
  int column(int state) const { return column_[state]; }
  int symbol(int state) const { return symbol_[state]; }
  int shortest() const { return shortest_; }  // frames of the shortest path

  // emissions: [T, columns] natural log scores. → [T] the best path's states; empty when T is below
  // shortest().
  std::vector<int> viterbi(const float* emissions, int frames, int columns) const;

  // The posterior of each state in each frame. → [T, states], and the total log score in `total`.
  std::vector<float> posteriors(const float* emissions,
                                int frames,
                                int columns,
                                double* total = nullptr) const;

 private:
  struct Arc {
    int from;  // -1: the start
    float cost;
  };
  using Arcs = std::vector<Arc>;

  void add_phone(int symbol, int phone_class, const GraphOptions& options);
  void add_silence(int symbol);
  void add_pause(int symbol, double cost, const GraphOptions& options);
  int add_state(int symbol, int column, Arcs before);
  void enter(int symbol, int column, double cost);
  void forward(const float* emissions, int frames, int columns, std::vector<float>& alpha) const;
  void backward(const float* emissions, int frames, int columns, std::vector<float>& beta) const;

  std::vector<int> column_, symbol_;  // [states]
  std::vector<Arcs> before_;          // [states] what may precede; the state itself comes first
  Arcs open_;                         // the ways out of what has been added so far
  int shortest_ = 0;
};

}  // namespace tts
