<?xml version="1.0" encoding="UTF-8"?>
<!-- words -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">
  <meta name="a" content="b"/>
  <lexeme><grapheme>judgment</grapheme><grapheme>judgement</grapheme><phoneme>ˈdʒʌdʒ.mənt</phoneme><phoneme prefer="true">ˈdʒʌʤmənt</phoneme></lexeme>
  <lexeme><grapheme> New   York </grapheme><phoneme alphabet="x-sampa">nu: jO:k</phoneme></lexeme>
</lexicon>
