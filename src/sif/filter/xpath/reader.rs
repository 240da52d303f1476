//! Reads paths and predicates from their text.

use super::{Comparison, Expression, Function, Name, Path, Step, Test};

/// How deep expressions may nest.
const DEEPEST: usize = 32;
/// How long a path may be.
const LONGEST: usize = 4096;

/// Reads a whole path.
///
/// # Errors
/// What is not accepted.
pub(super) fn read(text: &str, prefixes: &[(&str, &str)]) -> Result<Path, String> {
    if text.len() > LONGEST {
        return Err(format!("is longer than {LONGEST} bytes"));
    }
    let mut reader = Reader { text, at: 0, prefixes, depth: 0 };
    let path = reader.path()?;
    reader.blanks();
    if reader.at < text.len() { Err(reader.unexpected()) } else { Ok(path) }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    prefixes: &'t [(&'t str, &'t str)],
    depth: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    /// Takes `token` if it is next.
    fn take(&mut self, token: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    /// What is wrong here; statements are no secrets, but they may be long.
    fn unexpected(&self) -> String {
        match self.rest().chars().next() {
            Some(c) => {
                format!("has {c:?} where that is not accepted (character {})", self.text[..self.at].chars().count() + 1)
            }
            None => "ends too early".into(),
        }
    }

    fn path(&mut self) -> Result<Path, String> {
        let mut steps = vec![self.step()?];
        while self.take("/") {
            steps.push(self.step()?);
        }
        Ok(Path(steps))
    }

    fn step(&mut self) -> Result<Step, String> {
        self.blanks();
        let rest = self.rest();
        if rest.starts_with("..") {
            return Err("has `..`, which is not accepted".into());
        }
        let test = if self.take(".") {
            return Ok(Step { test: Test::Own, predicates: Vec::new() });
        } else if self.take("@") {
            Test::Attribute(if self.take("*") { None } else { Some(self.name()?) })
        } else if self.take("*") {
            Test::Element(None)
        } else {
            let begun = self.at;
            let word = self.word()?;
            match word {
                "text" | "node" if self.take("(") => {
                    if !self.take(")") {
                        return Err(self.unexpected());
                    }
                    if word == "text" { Test::Text } else { Test::AnyNode }
                }
                _ => {
                    self.at = begun;
                    Test::Element(Some(self.name()?))
                }
            }
        };
        let mut predicates = Vec::new();
        while self.take("[") {
            predicates.push(self.nested()?);
            if !self.take("]") {
                return Err(self.unexpected());
            }
        }
        Ok(Step { test, predicates })
    }

    fn word(&mut self) -> Result<&'t str, String> {
        self.blanks();
        let rest = self.rest();
        let first = |c: char| c.is_alphabetic() || c == '_';
        let other = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{B7}');
        if !rest.starts_with(first) {
            return Err(self.unexpected());
        }
        let end = rest.find(|c: char| !other(c)).unwrap_or(rest.len());
        self.at += end;
        Ok(&rest[..end])
    }

    fn name(&mut self) -> Result<Name, String> {
        let word = self.word()?;
        if self.rest().starts_with("::") {
            return Err("names an axis, which is not accepted".into());
        }
        if !self.rest().starts_with(':') {
            return Ok(Name { namespace: None, local: word.to_owned() });
        }
        self.at += 1;
        let known = self.prefixes.iter().find(|(prefix, _)| *prefix == word);
        let (_, namespace) = known.ok_or("has a prefix that is not declared")?;
        Ok(Name { namespace: Some((*namespace).to_owned()), local: self.word()?.to_owned() })
    }

    fn nested(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("nests deeper than {DEEPEST}"));
        }
        let expression = self.or();
        self.depth -= 1;
        expression
    }

    fn or(&mut self) -> Result<Expression, String> {
        let mut left = self.and()?;
        while self.keyword("or") {
            left = Expression::Or(Box::new((left, self.and()?)));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, String> {
        let mut left = self.equality()?;
        while self.keyword("and") {
            left = Expression::And(Box::new((left, self.equality()?)));
        }
        Ok(left)
    }

    /// Takes an operator that is a word.
    fn keyword(&mut self, word: &str) -> bool {
        self.blanks();
        let rest = self.rest();
        let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        let found = rest.strip_prefix(word).is_some_and(|after| after.is_empty() || after.starts_with(ends));
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn equality(&mut self) -> Result<Expression, String> {
        let mut left = self.relation()?;
        loop {
            let how = if self.take("!=") {
                Comparison::Unequal
            } else if self.take("=") {
                Comparison::Equal
            } else {
                return Ok(left);
            };
            left = Expression::Compare(how, Box::new((left, self.relation()?)));
        }
    }

    fn relation(&mut self) -> Result<Expression, String> {
        let mut left = self.primary()?;
        loop {
            let how = if self.take("<=") {
                Comparison::AtMost
            } else if self.take("<") {
                Comparison::Less
            } else if self.take(">=") {
                Comparison::AtLeast
            } else if self.take(">") {
                Comparison::Greater
            } else {
                return Ok(left);
            };
            left = Expression::Compare(how, Box::new((left, self.primary()?)));
        }
    }

    fn primary(&mut self) -> Result<Expression, String> {
        self.blanks();
        let rest = self.rest();
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            self.at += end;
            return rest[..end].parse().map(Expression::Number).map_err(|_| self.unexpected());
        }
        for quote in ['\'', '"'] {
            if let Some(inside) = rest.strip_prefix(quote) {
                let end = inside.find(quote).ok_or("has a text without its end")?;
                self.at += end + 2;
                return Ok(Expression::Literal(inside[..end].to_owned()));
            }
        }
        if self.take("(") {
            let inside = self.nested()?;
            return if self.take(")") { Ok(inside) } else { Err(self.unexpected()) };
        }
        let begun = self.at;
        if let Ok(word) = self.word()
            && !matches!(word, "text" | "node")
            && self.take("(")
        {
            return self.call(word);
        }
        self.at = begun;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("nests deeper than {DEEPEST}"));
        }
        let path = self.path().map(Expression::Path);
        self.depth -= 1;
        path
    }

    fn call(&mut self, name: &str) -> Result<Expression, String> {
        let (function, wanted) =
            Function::named(name).ok_or_else(|| format!("calls the function {name}, which is not accepted"))?;
        let mut arguments = Vec::new();
        if !self.take(")") {
            loop {
                arguments.push(self.nested()?);
                if self.take(")") {
                    break;
                }
                if !self.take(",") {
                    return Err(self.unexpected());
                }
            }
        }
        if !wanted.contains(&arguments.len()) {
            return Err(format!("gives {name} another number of arguments than it takes"));
        }
        let set = matches!(function, Function::Count)
            || (matches!(function, Function::LocalName | Function::Name) && !arguments.is_empty());
        if set && !matches!(arguments[0], Expression::Path(_)) {
            return Err(format!("gives {name} something other than a path"));
        }
        Ok(Expression::Call(function, arguments))
    }
}
