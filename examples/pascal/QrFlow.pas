{ Issues a QR code, waits for the learner while the program stays free, and prints the record.

    fpc -Fl../../target/debug -k-rpath=../../target/debug QrFlow.pas
    ./QrFlow http://127.0.0.1:8099 10099901 }
program QrFlow;

{$IFDEF FPC}{$MODE DELPHI}{$ENDIF}
{$IFDEF MSWINDOWS}{$APPTYPE CONSOLE}{$ENDIF}

uses
  {$IFDEF UNIX}cthreads,{$ENDIF} SysUtils, LearnerLink;

var
  Link: TLearnerLink;
  Waiting: TLearnerLinkOperation;
  Share, Answer: UTF8String;
begin
  if ParamCount <> 2 then
  begin
    WriteLn('usage: QrFlow SANDBOX_ADDRESS UKPRN');
    Halt(2);
  end;
  try
    Link := TLearnerLink.Create(UTF8String('{"sandbox":"' + ParamStr(1) + '"}'));
    try
      Share := Link.Call('generate_qr', UTF8String('{"ukprn":"' + ParamStr(2) + '"}'));
      WriteLn(Share); // show "image.dataUri" to the learner
      Flush(Output);
      Waiting := Link.Start('poll_learner_data',
        '{"waitMs":300000,"correlationId":"' + LearnerLinkMember(Share, 'correlationId') + '"}');
      try
        // In a program with windows this is a timer, and a button calls Waiting.Cancel.
        while Waiting.Wait(250) = lsRunning do ;
        Answer := Waiting.Response;
      finally
        Waiting.Free;
      end;
      if LearnerLinkMember(Answer, 'outcome') = 'shared' then
        WriteLn(Answer)
      else
        WriteLn('Nothing was shared. Show the learner a new code.');
    finally
      Link.Free;
    end;
  except
    on E: ELearnerLink do
    begin
      WriteLn(ErrOutput, E.Code, ': ', E.Message);
      Halt(1);
    end;
  end;
end.
