//! Servers on the loopback, each in a thread that ends with the process.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A request as a server reads it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub line: String,
    /// Names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// A server, and what it was asked.
#[derive(Debug)]
pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Request>>>,
}

type Answer = Arc<dyn Fn(&Request) -> String + Send + Sync>;

impl Server {
    /// A server whose answers are a status line and headers.
    pub fn new(answer: impl Fn(&Request) -> String + Send + Sync + 'static) -> Self {
        Self::over(answer, |stream| Box::new(stream))
    }

    /// A server over TLS, with this certificate and key.
    pub fn with_tls(
        certificate: &rcgen::CertifiedKey<rcgen::KeyPair>,
        answer: impl Fn(&Request) -> String + Send + Sync + 'static,
    ) -> Self {
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(certificate.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.cert.der().clone()], key.into())
            .unwrap();
        let config = Arc::new(config);
        Self::over(answer, move |stream| {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            Box::new(rustls::StreamOwned::new(connection, stream))
        })
    }

    fn over(
        answer: impl Fn(&Request) -> String + Send + Sync + 'static,
        wrap: impl Fn(TcpStream) -> Box<dyn Stream> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, answer): (_, Answer) = (Arc::new(Mutex::new(Vec::new())), Arc::new(answer));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut stream = wrap(stream);
                // A client that does not like the certificate says no more.
                let Some(request) = read(&mut stream) else { continue };
                log.lock().unwrap().push(request.clone());
                let head = answer(&request).replace('\n', "\r\n");
                let _ = write!(stream, "HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                let _ = stream.flush();
            }
        });
        Server { port, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

pub trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

fn read(stream: &mut Box<dyn Stream>) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut request = Request::default();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if request.line.is_empty() {
            request.line = line.into();
        } else if let Some((name, value)) = line.split_once(':') {
            request.headers.push((name.to_ascii_lowercase(), value.trim().into()));
        } else {
            break;
        }
    }
    let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}
