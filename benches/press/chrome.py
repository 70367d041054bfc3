"""A Chromium of our own over its debugging socket: takes HTML, gives boxes and a PDF."""
import base64
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

import websocket

FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --remote-debugging-port=0 --remote-allow-origins=*").split()


class Chrome:
    """Use as a context: `with Chrome() as chrome`."""

    def __init__(self, program="chromium"):
        self.home = tempfile.mkdtemp(prefix="press-chrome-")
        self.process = subprocess.Popen([program, *FLAGS, f"--user-data-dir={self.home}", "about:blank"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.count, self.session = 0, None
        port, path = self.wait_port()
        self.socket = websocket.create_connection(f"ws://127.0.0.1:{port}{path}", timeout=60)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.frame = self.call("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def wait_port(self):
        file = pathlib.Path(self.home) / "DevToolsActivePort"
        for _ in range(300):
            if file.exists() and len(file.read_text().split()) == 2:
                return file.read_text().split()
            time.sleep(.1)
        raise RuntimeError("chromium does not answer")

    def call(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def show(self, text, wide, tall):
        self.call("Emulation.setDeviceMetricsOverride", width=int(wide) + 1, height=int(tall) + 1, deviceScaleFactor=1, mobile=False)
        self.call("Page.setDocumentContent", frameId=self.frame, html=text)

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def pdf(self, wide, tall):
        answer = self.call("Page.printToPDF", printBackground=True, paperWidth=wide / 96, paperHeight=tall / 96, pageRanges="1",
                           marginTop=0, marginBottom=0, marginLeft=0, marginRight=0, preferCSSPageSize=False)
        return base64.b64decode(answer["data"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.session = None
            self.call("Browser.close")
        except Exception:
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.home, ignore_errors=True)
